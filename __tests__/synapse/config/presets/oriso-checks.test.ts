import type { HomeserverSettings } from '../../../../imports/homeserver';
import { HomeserverConfig } from '../../../../lib/synapse/config/homeserver-config';

const oriso = HomeserverConfig.oriso();

const LOCKS_OUT: [string, HomeserverSettings, string, string][] = [
  [
    'accounts move to another service',
    { matrix_authentication_service: { enabled: true }, password_config: { enabled: true } },
    'matrix_authentication_service.enabled is true',
    'login-as',
  ],
  ['passwords are off', { password_config: { enabled: false } }, 'password_config.enabled is false', 'leave it true'],
  [
    'passwords only confirm a login',
    { password_config: { enabled: 'only_for_reauth' } },
    'password_config.enabled is "only_for_reauth"',
    'leave it true',
  ],
  [
    'the password database is off',
    { password_config: { localdb_enabled: false } },
    'password_config.localdb_enabled is false',
    'leave it true',
  ],
  ['sessions expire', { session_lifetime: '24h' }, 'session_lifetime is "24h"', 'remove it'],
  [
    'access tokens expire',
    { nonrefreshable_access_token_lifetime: '1h' },
    'nonrefreshable_access_token_lifetime is "1h"',
    'remove it',
  ],
];

it.each(LOCKS_OUT)('refuses oriso() when %s, however often it was extended', (_, settings, value, remedy) => {
  for (const config of [oriso.extend(settings), oriso.extend(settings).extend({ report_stats: true })]) {
    const [error] = config.check();
    expect(error).toContain(value);
    expect(error).toContain(remedy);
    expect(() => config.toYaml()).toThrow(value);
  }
});

/** Where passwords stay on, Synapse itself refuses delegation: authentication.test.ts. */
const ORDINARY = LOCKS_OUT.map(([name, settings]): [string, HomeserverSettings] => [
  name,
  settings.matrix_authentication_service ? { ...settings, password_config: { enabled: false } } : settings,
]);

it.each(ORDINARY)('accepts it for every other installation when %s', (_, settings) => {
  expect(HomeserverConfig.of(settings).check()).toEqual([]);
  expect(HomeserverConfig.recommended().extend(settings).check()).toEqual([]);
});

it('accepts oriso() itself, and what the services can live with', () => {
  expect(oriso.check()).toEqual([]);
  expect(oriso.extend({ default_room_version: '12', presence: { enabled: false } }).check()).toEqual([]);
});
