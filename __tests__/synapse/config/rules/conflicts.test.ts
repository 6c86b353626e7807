import type { HomeserverSettings } from '../../../../imports/homeserver';
import { check } from '../../../support/homeserver';

const OIDC = { idp_id: 'a', idp_name: 'A', issuer: 'https://id.example.org', client_id: 'a' };

test.each<[string, HomeserverSettings, string, string]>([
  [
    'a key is set twice',
    { recaptcha_public_key: 'a', recaptcha_public_key_path: '/a' },
    'recaptcha_public_key_path is "/a"',
    'remove recaptcha_public_key',
  ],
  ['the server leaves the foreground', { daemonize: true }, 'daemonize is true', 'remove it'],
  ['a worker leaves the foreground', { worker_daemonize: true }, 'worker_daemonize is true', 'remove it'],
  [
    'an old key is not Ed25519',
    { old_signing_keys: { 'rsa:a': { key: 'A'.repeat(43), expired_ts: 1 } } },
    'old_signing_keys.rsa:a',
    'ed25519:',
  ],
  [
    'the key of a key server is not Ed25519',
    { trusted_key_servers: [{ server_name: 'example.org', verify_keys: { a: 'A'.repeat(43) } }] },
    'trusted_key_servers[0].verify_keys.a',
    'ed25519:',
  ],
  [
    'the well-known file names the server itself',
    { extra_well_known_client_content: { 'm.homeserver': {} } },
    'extra_well_known_client_content.m.homeserver',
    'public_baseurl',
  ],
  ['two providers share an ID', { oidc_providers: [OIDC, OIDC] }, 'oidc_providers[1].idp_id is "a"', 'another one'],
  [
    'a provider has no TLS',
    { oidc_providers: [{ ...OIDC, issuer: 'http://id.example.org' }] },
    'oidc_providers[0].issuer is "http://id.example.org"',
    'skip_verification',
  ],
  [
    'a provider signs without a key',
    { oidc_providers: [{ ...OIDC, client_secret_jwt_key: { jwt_header: { alg: 'ES256' } } }] },
    'oidc_providers[0].client_secret_jwt_key',
    'key_file',
  ],
])('refuses settings when %s', (_, settings, given, remedy) => {
  expect(check(settings)).toEqual([expect.stringContaining(given)]);
  expect(check(settings)[0]).toContain(remedy);
});

test('reports a secret that is set twice in both respects', () => {
  const errors = check({ turn_shared_secret: 'x', turn_shared_secret_path: '/a' });
  expect(errors).toEqual([
    expect.stringContaining('must not contain a secret'),
    expect.stringContaining('turn_shared_secret_path is "/a"'),
  ]);
});

test('accepts a process in the foreground, and different providers', () => {
  expect(check({ daemonize: false, oidc_providers: [OIDC, { ...OIDC, idp_id: 'b' }] })).toEqual([]);
});
