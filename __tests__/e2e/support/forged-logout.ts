import { generateKeyPairSync, sign } from 'node:crypto';

/** A logout token as Keycloak sends it, but signed by another key with the ID of Keycloak's. */
export function forgedLogout(issuer: string, client: string, session: string, keyId: string): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  const claims = { iss: issuer, aud: client, sid: session, iat: Math.floor(Date.now() / 1000), jti: 'forged', events };
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
  const signed = `${part({ alg: 'RS256', typ: 'logout+jwt', kid: keyId })}.${part(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
}
