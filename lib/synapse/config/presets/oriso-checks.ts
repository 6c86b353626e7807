import type { HomeserverSettings } from '../../../../imports/homeserver';

/**
 * Settings that would lock out the services of the ORISO platform.
 *
 * They register users by shared secret, log in with passwords and as other users, and keep their access tokens for as
 * long as they run.
 */
export function checkOriso(s: HomeserverSettings): string[] {
  const errors: string[] = [];
  if (s.matrix_authentication_service?.enabled === true) {
    errors.push(
      'matrix_authentication_service.enabled is true, but it removes registration by shared secret, login-as and password reset, which the services of the platform use: remove the block',
    );
  }
  const passwords = s.password_config;
  if (passwords?.enabled !== undefined && passwords.enabled !== true) {
    errors.push(
      `password_config.enabled is ${JSON.stringify(passwords.enabled)}, but the services of the platform log in with passwords: leave it true`,
    );
  }
  if (passwords?.localdb_enabled === false) {
    errors.push(
      "password_config.localdb_enabled is false, but the passwords of the platform's services are in Synapse's database: leave it true",
    );
  }
  for (const key of ['session_lifetime', 'nonrefreshable_access_token_lifetime'] as const) {
    if (s[key] === undefined) continue;
    errors.push(
      `${key} is ${JSON.stringify(s[key])}, but the services of the platform never renew their access tokens and would be locked out: remove it`,
    );
  }
  return errors;
}
