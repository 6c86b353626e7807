import type { HomeserverSettings } from '../../../imports/homeserver';
import { check } from '../../support/homeserver';

test.each<[string, HomeserverSettings, string]>([
  ['the database is SQLite', { database: { name: 'sqlite3' } }, 'psycopg2'],
  ['one of several databases is SQLite', { databases: { state: { name: 'sqlite3' } } }, 'databases.state.name'],
  ['an unsafe locale is allowed', { database: { name: 'psycopg2', allow_unsafe_locale: true } }, '--locale=C'],
  ['registration is open without a gate', { enable_registration: true }, 'registration_requires_token'],
  [
    'registration is gated by an empty list',
    { enable_registration: true, registrations_require_3pid: [] },
    'nothing restricts it',
  ],
  ...['Email', 'e-mail', 'phone', ''].map((medium): [string, HomeserverSettings, string] => [
    `registration trusts the unknown word '${medium}'`,
    { enable_registration: true, registrations_require_3pid: ['msisdn', medium] },
    'use email or msisdn',
  ]),
  [
    'registration needs e-mail without a mail server',
    { enable_registration: true, registrations_require_3pid: ['email'] },
    'email.smtp_host is not set',
  ],
  [
    'registration is open by an override',
    { enable_registration: true, enable_registration_without_verification: true },
    'remove it',
  ],
  [
    'profiles are limited without a login',
    { limit_profile_requests_to_users_who_share_rooms: true },
    'require_auth_for_profile_requests',
  ],
  ['previews reach into the cluster', { url_preview_enabled: true }, 'url_preview_ip_range_blacklist'],
  ['email both forces and forbids TLS', { email: { force_tls: true, enable_tls: false } }, 'remove one'],
  [
    'metrics are on a client listener',
    { listeners: [{ port: 1, type: 'http', resources: [{ names: ['client', 'metrics'] }] }] },
    'together with client',
  ],
  [
    'metrics are on a plain listener',
    { listeners: [{ port: 1, type: 'http', resources: [{ names: ['metrics'] }] }] },
    'listener of type metrics',
  ],
  ['two listeners share a port', { listeners: [{ port: 8008 }, { port: 8008 }] }, 'listeners[0] has the same port'],
])('refuses settings when %s', (_, settings, reason) => {
  expect(check(settings)).toEqual([expect.stringContaining(reason)]);
});

test('accepts a worker on the port of the main process, which runs in another pod', () => {
  expect(check({ listeners: [{ port: 8008 }], worker_listeners: [{ port: 8008 }] })).toEqual([]);
});
