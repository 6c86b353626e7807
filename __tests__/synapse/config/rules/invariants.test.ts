import type { HomeserverSettings } from '../../../../imports/homeserver';
import { check } from '../../../support/homeserver';

const DATABASE = { name: 'psycopg2' as const };
const MAIL: HomeserverSettings = { email: { smtp_host: 'mail.example.org', notif_from: 'a@example.org' } };

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
  ...[['msisdn'], ['email', 'msisdn']].map((media): [string, HomeserverSettings, string] => [
    `registration requires ${media}, but not a phone number`,
    {
      ...MAIL,
      enable_registration: true,
      registrations_require_3pid: media,
      account_threepid_delegates: { msisdn: 'https://sms.example.org' },
      disable_msisdn_registration: true,
    },
    'remove disable_msisdn_registration',
  ]),
  [
    'registration needs a phone number without a server that verifies it',
    { enable_registration: true, registrations_require_3pid: ['msisdn'] },
    'account_threepid_delegates.msisdn is not set',
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
  [
    'email both forces and forbids TLS',
    { email: { notif_from: 'a@example.org', force_tls: true, enable_tls: false } },
    'remove one',
  ],
  [
    'email requires TLS and forbids it',
    { email: { notif_from: 'a@example.org', require_transport_security: true, enable_tls: false } },
    'email.require_transport_security is true',
  ],
  ['there are two kinds of databases', { database: DATABASE, databases: { a: DATABASE } }, 'remove one of them'],
  ['there is no database', { databases: {} }, 'set databases.main'],
])('refuses settings when %s', (_, settings, reason) => {
  expect(check(settings)).toEqual([expect.stringContaining(reason)]);
});

test.each<[string, HomeserverSettings]>([
  ['an email address', { ...MAIL, registrations_require_3pid: ['email'], disable_msisdn_registration: true }],
  [
    'a phone number',
    {
      registrations_require_3pid: ['msisdn'],
      account_threepid_delegates: { msisdn: 'https://sms.example.org' },
    },
  ],
])('takes registration that requires %s', (_, settings) => {
  expect(check({ enable_registration: true, ...settings })).toEqual([]);
});
