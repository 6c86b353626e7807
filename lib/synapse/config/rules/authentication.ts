import type { HomeserverSettings } from '../../../../imports/homeserver';

/** Settings that keep Synapse from starting while Matrix Authentication Service manages the accounts. */
const REFUSED_WITH_DELEGATION: Readonly<Record<string, (settings: HomeserverSettings) => unknown>> = {
  'password_config.enabled': (s) => s.password_config?.enabled,
  enable_registration: (s) => s.enable_registration,
  enable_registration_captcha: (s) => s.enable_registration_captcha,
  enable_3pid_changes: (s) => s.enable_3pid_changes,
  'login_via_existing_session.enabled': (s) => s.login_via_existing_session?.enabled,
  user_consent: (s) => s.user_consent,
  oidc_providers: (s) => (s.oidc_providers ?? []).length > 0 && s.oidc_providers,
  // These two are on unless they say otherwise.
  cas_config: (s) => s.cas_config?.enabled !== false && s.cas_config,
  saml2_config: (s) => s.saml2_config?.enabled !== false && s.saml2_config,
  'jwt_config.enabled': (s) => s.jwt_config?.enabled,
  refresh_token_lifetime: (s) => s.refresh_token_lifetime,
  nonrefreshable_access_token_lifetime: (s) => s.nonrefreshable_access_token_lifetime,
  session_lifetime: (s) => s.session_lifetime,
};

const REMEDIES: Readonly<Record<string, string>> = { oidc_providers: 'remove the prop oidcProviders' };

/**
 * Ways to log in that Synapse cannot have beside Matrix Authentication Service.
 *
 * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#matrix_authentication_service
 */
export function checkDelegation(settings: HomeserverSettings): string[] {
  if (settings.matrix_authentication_service?.enabled !== true) return [];
  return Object.entries(REFUSED_WITH_DELEGATION).flatMap(([key, read]) => {
    const value = read(settings);
    if (value === undefined || value === null || value === false) return [];
    const remedy = REMEDIES[key] ?? (key.endsWith('.enabled') || value === true ? 'set it to false' : 'remove it');
    // A whole block may hold secrets.
    const given = typeof value === 'object' ? 'set' : JSON.stringify(value);
    return [`${key} is ${given}, but Synapse refuses to start with it beside matrix_authentication_service: ${remedy}`];
  });
}

/**
 * The setting that keeps accounts from being registered by shared secret and from logging in with a password, such as
 * `password_config.enabled: false`; undefined when nothing does.
 */
export function accountsBlockedBy(settings: HomeserverSettings): string | undefined {
  const { matrix_authentication_service: delegation, password_config: passwords } = settings;
  if (delegation?.enabled === true) return 'matrix_authentication_service.enabled: true';
  if (passwords?.localdb_enabled === false) return 'password_config.localdb_enabled: false';
  const enabled = passwords?.enabled ?? true;
  return enabled === true ? undefined : `password_config.enabled: ${enabled}`;
}
