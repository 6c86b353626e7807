import type { HomeserverSettings } from '../../imports/homeserver';
import { checkSettings } from '../../lib/synapse/config/check';

/** Every error in settings that were written without the types; each mistake is reported once. */
export const check = (settings: unknown) => checkSettings(settings as HomeserverSettings);

/** Where a process can be reached. */
export const PLACE = { host: 'synapse', port: 9093 };

/** Valid settings. */
export const RIGHT: HomeserverSettings[] = [
  {},
  { enable_registration: true, registration_requires_token: true },
  { password_config: { enabled: false }, session_lifetime: '24h' },
  { enable_registration: true, enable_registration_captcha: true },
  {
    enable_registration: true,
    registrations_require_3pid: ['email'],
    email: { smtp_host: 'mail.example.org', notif_from: 'a@example.org' },
  },
  { default_room_version: '12', enable_authenticated_media: true },
  { presence: { enabled: 'untracked', idle_timeout: '90000' } },
  { caches: { per_cache_factors: { any_name_at_all: 3 } } },
  { database: { name: 'psycopg2', args: { user: 'u', host: 'h', cp_max: 10 }, statement_timeout: 1000 } },
  { stream_writers: { events: ['w1', 'master'], typing: ['w1'] }, instance_map: { main: PLACE, w1: PLACE } },
  {
    listeners: [
      { port: 8008, type: 'http', resources: [{ names: ['client'] }] },
      { port: 9000, type: 'metrics' },
    ],
  },
  { room_prejoin_state: { additional_event_types: ['a', ['b', '']] } },
  { extra_well_known_client_content: { 'org.example': [{ a: null }] } },
  { url_preview_url_blacklist: [{ username: '*', password: '*' }] },
  { redaction_retention_period: null, registration_shared_secret_path: '/secrets/registration' },
  { allow_underscore_prefixed_localpart: true, rc_key_requests: { per_second: 20 } },
  { experimental_features: { msc4388_mode: 'off', msc4140_max_delayed_events_per_user: 10 } },
  {
    oidc_providers: [
      {
        idp_id: 'a',
        idp_name: 'A',
        client_id: 'a',
        issuer: 'https://id.example.org/realms/a',
        client_secret_path: '/s',
        scopes: ['openid'],
      },
    ],
  },
];

/** What is wrong, settings, where the message begins, the remedy. */
export type Mistake = [string, unknown, string, string];

export const UNKNOWN_KEYS: Mistake[] = [
  // [what, settings, where it starts, remedy]
  ['a top-level key is misspelt', { enable_metrcs: true }, 'enable_metrcs is true', 'enable_metrics'],
  ['a nested key is misspelt', { caches: { global_facter: 1 } }, 'caches.global_facter is 1', 'caches.global_factor'],
  ['a block in a block is misspelt', { rc_login: { adress: {} } }, 'rc_login.adress is a mapping', 'rc_login.address'],
  [
    'a key in a list is misspelt',
    { listeners: [{ type: 'metrics', prot: 8008 }] },
    'listeners[0].prot is 8008',
    'listeners[0].port',
  ],
  [
    'a key beside database.args is misspelt',
    { database: { name: 'psycopg2', statment_timeout: 3 } },
    'database.statment_timeout',
    'database.statement_timeout',
  ],
  ['a key slipped out of its block', { smtp_host: 'mail' }, 'smtp_host is "mail"', 'email.smtp_host'],
  [
    'a key slipped into a block',
    { email: { public_baseurl: 'x' } },
    'email.public_baseurl is "x"',
    'use public_baseurl instead',
  ],
  ['nothing is near', { completely_invented: 1 }, 'completely_invented is 1', 'remove it'],
  [
    'exempt_from_ratelimiting is used',
    { exempt_from_ratelimiting: ['@a:b'] },
    'exempt_from_ratelimiting is a list',
    'override_ratelimit',
  ],
  [
    'an experimental feature does not exist',
    { experimental_features: { msc_nope: true } },
    'experimental_features.msc_nope is true',
    'remove it',
  ],
  [
    'an experimental feature is misspelt',
    { experimental_features: { msc4143_enable: true } },
    'experimental_features.msc4143_enable',
    'experimental_features.msc4143_enabled',
  ],
  [
    'a stream does not exist',
    { stream_writers: { event: 'w' } },
    'stream_writers.event is "w"',
    'stream_writers.events',
  ],
];

export const WRONG_VALUES: Mistake[] = [
  [
    'a rate is text',
    { rc_message: { per_second: 'abc' } },
    'rc_message.per_second is "abc"',
    'a number without quotes',
  ],
  ['a rate is not finite', { rc_message: { per_second: Number.NaN } }, 'rc_message.per_second is NaN', 'a number'],
  ['presence is neither on nor off', { presence: { enabled: 'maybe' } }, 'presence.enabled is "maybe"', '"untracked"'],
  ['a list is written as text', { turn_uris: 'turn:x' }, 'turn_uris is "turn:x"', 'a list'],
  [
    'a flag is written as text',
    { enable_media_repo: 'false' },
    'enable_media_repo is "false"',
    'true or false without quotes',
  ],
  [
    'a word is unknown',
    { encryption_enabled_by_default_for_room_type: 'of' },
    'encryption_enabled_by_default_for_room_type is "of"',
    'use "off"',
  ],
  [
    'a listener resource is unknown',
    { listeners: [{ type: 'http', resources: [{ names: ['clients'] }] }] },
    'listeners[0].resources[0].names[0] is "clients"',
    'use "client"',
  ],
  ['a size ends in MB', { max_upload_size: '50MB' }, 'max_upload_size is "50MB"', "'50M'"],
  ['a size has a small unit', { max_upload_size: '50m' }, 'max_upload_size is "50m"', "'50M'"],
  ['a size is negative', { max_upload_size: -1 }, 'max_upload_size is -1', 'at least 0'],
  [
    'a duration is spelt out',
    { max_event_delay_duration: '24 hours' },
    'max_event_delay_duration is "24 hours"',
    "'24h'",
  ],
  [
    'a duration has an unknown unit',
    { presence: { idle_timeout: '500ms' } },
    'presence.idle_timeout is "500ms"',
    "'10m'",
  ],
  ['a duration is empty', { presence: { idle_timeout: '' } }, 'presence.idle_timeout is ""', "'10m'"],
  ['a block is a single value', { presence: true }, 'presence is true', 'a mapping'],
  [
    'a needed key is missing',
    { media_upload_limits: [{ time_period: '1d' }] },
    'media_upload_limits[0] is a mapping',
    'max_size as well',
  ],
  [
    'an open block has something YAML cannot write',
    { extra_well_known_client_content: { a: () => 1 } },
    'extra_well_known_client_content.a is a function',
    'plain data',
  ],
  ['a list has a gap', { turn_uris: ['turn:a', undefined] }, 'turn_uris[1] is undefined', 'remove the item'],
  ['a path is taken for a list', { ui_auth: '15s' }, 'ui_auth is "15s"', 'a mapping'],
];

/** Expects that a mistake is reported once, with its place and remedy. */
export function expectMistake([, settings, where, remedy]: Mistake): void {
  const errors = check(settings);
  expect(errors).toHaveLength(1);
  expect(errors[0].startsWith(where)).toBe(true);
  expect(errors[0]).toContain(remedy);
}
