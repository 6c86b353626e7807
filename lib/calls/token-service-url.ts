/** Path of the token service at the host of calls. */
export const TOKENS_PATH = '/livekit/jwt';

/** URL at which clients get tokens. */
export function tokenServiceUrl(host: string): string {
  return `https://${host}${TOKENS_PATH}`;
}
