import type { HomeserverSettings } from '../../../../imports/homeserver';
import { accountsBlockedBy } from '../../../../lib/synapse/config/rules/authentication';
import { check } from '../../../support/homeserver';

const DELEGATED: HomeserverSettings = { matrix_authentication_service: { enabled: true } };

const OIDC = { idp_id: 'a', idp_name: 'A', issuer: 'https://id.example.org', client_id: 'a' };

it.each<[string, HomeserverSettings, string]>([
  ['passwords', { password_config: { enabled: true } }, 'password_config.enabled is true'],
  ['passwords to confirm', { password_config: { enabled: 'only_for_reauth' } }, 'is "only_for_reauth"'],
  ['registration', { enable_registration: true, registration_requires_token: true }, 'enable_registration is true'],
  ['a captcha', { enable_registration_captcha: true }, 'enable_registration_captcha is true'],
  ['changes of addresses', { enable_3pid_changes: true }, 'enable_3pid_changes is true'],
  ['login by another session', { login_via_existing_session: { enabled: true } }, 'set it to false'],
  ['terms', { user_consent: { version: 1, template_dir: '/terms' } }, 'user_consent is set'],
  ['OIDC', { oidc_providers: [OIDC] }, 'remove the prop oidcProviders'],
  ['CAS', { cas_config: { server_url: 'https://cas' } }, 'cas_config is set'],
  ['SAML', { saml2_config: { enabled: true } }, 'saml2_config is set'],
  ['JWT', { jwt_config: { enabled: true, algorithm: 'HS256' } }, 'jwt_config.enabled is true'],
  ['refresh tokens that expire', { refresh_token_lifetime: '1d' }, 'refresh_token_lifetime is "1d"'],
  ['tokens that expire', { nonrefreshable_access_token_lifetime: '1d' }, 'remove it'],
  ['sessions that expire', { session_lifetime: '1d' }, 'session_lifetime is "1d"'],
])('refuses Matrix Authentication Service beside %s, as Synapse does', (_, settings, reason) => {
  expect(check({ ...DELEGATED, ...settings })).toEqual([expect.stringContaining(reason)]);
  expect(check({ matrix_authentication_service: { enabled: false }, ...settings })).toEqual([]);
});

it.each<[HomeserverSettings]>([
  [{}],
  [{ password_config: { enabled: false } }],
  [{ oidc_providers: [], cas_config: { enabled: false }, saml2_config: { enabled: false } }],
])('accepts Matrix Authentication Service beside %j', (settings) => {
  expect(check({ ...DELEGATED, ...settings })).toEqual([]);
});

it.each<[HomeserverSettings, string | undefined]>([
  [{}, undefined],
  [{ password_config: { enabled: true } }, undefined],
  [{ matrix_authentication_service: { enabled: false } }, undefined],
  [DELEGATED, 'matrix_authentication_service.enabled: true'],
  [{ password_config: { enabled: false } }, 'password_config.enabled: false'],
  [{ password_config: { enabled: 'only_for_reauth' } }, 'password_config.enabled: only_for_reauth'],
  [{ password_config: { localdb_enabled: false } }, 'password_config.localdb_enabled: false'],
])('with %j, accounts are blocked by %p', (settings, blockedBy) => {
  expect(accountsBlockedBy(settings)).toBe(blockedBy);
});
