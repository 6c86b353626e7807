import Ajv2020 from 'ajv/dist/2020';
import type { HomeserverSettings } from '../../imports/homeserver';
import * as closed from '../../imports/homeserver.schema.json';
import * as upstream from '../../imports/synapse-config.schema.json';
import { checkSettings } from '../../lib/synapse/config-check';
import { checkShape } from '../../lib/synapse/config-schema';

/** Settings as they come from someone who does not use the types. */
const check = (settings: unknown) => checkSettings(settings as HomeserverSettings);

const WRONG_SHAPES: [string, unknown, string, string][] = [
  // [what, settings, where it starts, remedy]
  ['a top-level key is misspelt', { enable_metrcs: true }, 'enable_metrcs is true', 'write enable_metrics'],
  [
    'a nested key is misspelt',
    { caches: { global_facter: 1 } },
    'caches.global_facter is 1',
    'write caches.global_factor',
  ],
  [
    'a block in a block is misspelt',
    { rc_login: { adress: {} } },
    'rc_login.adress is a mapping',
    'write rc_login.address',
  ],
  [
    'a key in a list is misspelt',
    { listeners: [{ prot: 8008 }] },
    'listeners[0].prot is 8008',
    'write listeners[0].port',
  ],
  [
    'a key beside database.args is misspelt',
    { database: { statment_timeout: 3 } },
    'database.statment_timeout',
    'write database.statement_timeout',
  ],
  ['a key slipped out of its block', { smtp_host: 'mail' }, 'smtp_host is "mail"', 'write it as email.smtp_host'],
  [
    'a key slipped into a block',
    { email: { public_baseurl: 'x' } },
    'email.public_baseurl is "x"',
    'write it as public_baseurl',
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
    'write experimental_features.msc4143_enabled',
  ],
  [
    'a stream does not exist',
    { stream_writers: { event: 'w' } },
    'stream_writers.event is "w"',
    'write stream_writers.events',
  ],
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
    'write "off"',
  ],
  [
    'a listener resource is unknown',
    { listeners: [{ resources: [{ names: ['clients'] }] }] },
    'listeners[0].resources[0].names[0] is "clients"',
    'write "client"',
  ],
  ['a size ends in MB', { max_upload_size: '50MB' }, 'max_upload_size is "50MB"', "write '50M'"],
  ['a size has a small unit', { max_upload_size: '50m' }, 'max_upload_size is "50m"', "write '50M'"],
  ['a size is negative', { max_upload_size: -1 }, 'max_upload_size is -1', 'at least 0'],
  [
    'a duration is spelt out',
    { max_event_delay_duration: '24 hours' },
    'max_event_delay_duration is "24 hours"',
    "write '24h'",
  ],
  [
    'a duration has an unknown unit',
    { presence: { idle_timeout: '500ms' } },
    'presence.idle_timeout is "500ms"',
    "write '10m'",
  ],
  ['a duration is empty', { presence: { idle_timeout: '' } }, 'presence.idle_timeout is ""', "write '10m'"],
  ['a block is a single value', { presence: true }, 'presence is true', 'a mapping'],
  [
    'a needed key is missing',
    { media_upload_limits: [{ time_period: '1d' }] },
    'media_upload_limits[0] is a mapping',
    'write max_size as well',
  ],
  [
    'an open block has something YAML cannot write',
    { extra_well_known_client_content: { a: () => 1 } },
    'extra_well_known_client_content.a is a function',
    'plain data',
  ],
  ['a list has a gap', { turn_uris: ['turn:a', undefined] }, 'turn_uris[1] is undefined', 'leave the item out'],
  ['a path is taken for a list', { ui_auth: '15s' }, 'ui_auth is "15s"', 'a mapping'],
];

test.each(WRONG_SHAPES)('fails when %s', (_, settings, where, remedy) => {
  const errors = check(settings);
  expect(errors).toHaveLength(1);
  expect(errors[0].startsWith(where)).toBe(true);
  expect(errors[0]).toContain(remedy);
});

test.each([
  ['use_presence', 'presence.enabled'],
  ['oidc_config', 'oidc_providers'],
  ['no_tls', 'listeners[].tls'],
  ['disable_registration', 'enable_registration'],
  ['rc_messages_per_second', 'rc_message.per_second'],
  ['metrics_port', 'listener of type metrics'],
  ['restrict_public_rooms_to_local_users', 'allow_public_rooms_without_auth'],
  ['room_invite_state_types', 'room_prejoin_state'],
  ['account_validity', 'modules'],
  ['log_file', 'refuses to start'],
  ['worker_replication_host', 'instance_map.main.host'],
  ['worker_main_http_uri', 'instance_map.main'],
  ['allow_underscore_prefixed_registration', 'allow_underscore_prefixed_localpart'],
  ['use_insecure_ssl_client_just_for_testing_do_not_use', 'tests'],
])('fails when the old name %s is used', (key, remedy) => {
  expect(check({ [key]: 1 })).toEqual([expect.stringContaining(remedy)]);
});

test('exempt_from_ratelimiting is explained wherever it is put', () => {
  expect(check({ rc_message: { exempt_from_ratelimiting: ['@a:b'] } })[0]).toContain('override_ratelimit');
});

test('nested old names are known as well', () => {
  expect(check({ listeners: [{ port: 1, bind_address: '0.0.0.0' }] })[0]).toContain('listeners[].bind_addresses');
  expect(check({ experimental_features: { msc3861: { enabled: true } } })[0]).toContain('refuses to start');
});

test.each<[string, unknown, string]>([
  ['registration_shared_secret', { registration_shared_secret: 'S3' }, 'write registration_shared_secret_path'],
  ['macaroon_secret_key', { macaroon_secret_key: 'S3' }, 'macaroon_secret_key_path'],
  ['form_secret', { form_secret: 'S3' }, 'form_secret_path'],
  ['turn_shared_secret', { turn_shared_secret: 'S3' }, 'turn_shared_secret_path'],
  ['turn_password', { turn_password: 'S3' }, 'turn_shared_secret_path'],
  ['worker_replication_secret', { worker_replication_secret: 'S3' }, 'worker_replication_secret_path'],
  ['redis.password', { redis: { password: 'S3' } }, 'redis.password_path'],
  ['recaptcha_private_key', { recaptcha_private_key: 'S3' }, 'recaptcha_private_key_path'],
  ['signing_key', { signing_key: 'S3' }, 'signing_key_path'],
  ['oidc_providers[1].client_secret', { oidc_providers: [{}, { client_secret: 'S3' }] }, 'client_secret_path'],
  [
    'oidc_providers[0].client_secret_jwt_key.key',
    { oidc_providers: [{ client_secret_jwt_key: { key: 'S3' } }] },
    'key_file',
  ],
  ['database.args.password', { database: { args: { password: 'S3' } } }, 'PGPASSWORD'],
  ['databases.main.args.password', { databases: { main: { args: { password: 'S3' } } } }, 'later -c'],
  ['email.smtp_pass', { email: { smtp_pass: 'S3' } }, 'later -c'],
  ['password_config.pepper', { password_config: { pepper: 'S3' } }, 'later -c'],
  ['jwt_config.secret', { jwt_config: { secret: 'S3' } }, 'later -c'],
  ['sentry.dsn', { sentry: { dsn: 'S3' } }, 'later -c'],
  ['manhole_settings.password', { manhole_settings: { password: 'S3' } }, 'later -c'],
  ['matrix_authentication_service.secret', { matrix_authentication_service: { secret: 'S3' } }, 'secret_path'],
  [
    'media_storage_providers[0].config.access_key_id',
    { media_storage_providers: [{ config: { access_key_id: 'S3' } }] },
    'AWS_ACCESS_KEY_ID',
  ],
  [
    'media_storage_providers[0].config.secret_access_key',
    { media_storage_providers: [{ config: { secret_access_key: 'S3' } }] },
    'AWS_SECRET_ACCESS_KEY',
  ],
  ['modules[0].config.api_token', { modules: [{ module: 'm', config: { api_token: 'S3' } }] }, 'later -c'],
  ['https_proxy', { https_proxy: 'http://user:S3@proxy' }, 'out of the URL'],
])('fails when %s holds a secret, and does not repeat it', (path, settings, remedy) => {
  const errors = check(settings);
  expect(errors).toHaveLength(1);
  expect(errors[0].startsWith(`${path} is set (value withheld), but`)).toBe(true);
  expect(errors[0]).toContain(remedy);
  expect(errors[0]).not.toContain('S3');
});

test('an error about a misspelt secret does not repeat it either', () => {
  expect(check({ registration_shared_secrt: 'hunter2' })).toEqual([
    'registration_shared_secrt is set (value withheld), but Synapse has no such key and would ignore it: write registration_shared_secret_path',
  ]);
  expect(check({ htps_proxy: 'http://user:hunter2@proxy' }).join()).not.toContain('hunter2');
});

test.each<[string, HomeserverSettings, string]>([
  ['the database is SQLite', { database: { name: 'sqlite3' } }, 'write psycopg2'],
  ['one of several databases is SQLite', { databases: { state: { name: 'sqlite3' } } }, 'databases.state.name'],
  ['an unsafe locale is allowed', { database: { name: 'psycopg2', allow_unsafe_locale: true } }, '--locale=C'],
  ['registration is open without a gate', { enable_registration: true }, 'registration_requires_token'],
  [
    'registration is gated by an empty list',
    { enable_registration: true, registrations_require_3pid: [] },
    'nothing gates it',
  ],
  [
    'registration is open by an override',
    { enable_registration: true, enable_registration_without_verification: true },
    'remove it',
  ],
  ['accounts move to another service', { matrix_authentication_service: { enabled: true } }, 'login-as'],
  ['passwords are off', { password_config: { enabled: 'only_for_reauth' } }, 'leave it true'],
  ['the password database is off', { password_config: { localdb_enabled: false } }, 'leave it true'],
  ['sessions end', { session_lifetime: '24h' }, 'locked out'],
  ['tokens end', { nonrefreshable_access_token_lifetime: '1h' }, 'locked out'],
  [
    'profiles are limited without log-in',
    { limit_profile_requests_to_users_who_share_rooms: true },
    'require_auth_for_profile_requests',
  ],
  ['previews reach into the cluster', { url_preview_enabled: true }, 'url_preview_ip_range_blacklist'],
  ['mail both forces and forbids TLS', { email: { force_tls: true, enable_tls: false } }, 'remove one'],
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
  ['a stream is written by nobody', { stream_writers: { events: ['writer1'] } }, 'instance_map has no such process'],
  [
    'one writer of several is missing',
    { stream_writers: { events: ['w1', 'w2'] }, instance_map: { w1: {} } },
    'stream_writers.events names "w2"',
  ],
  [
    'a stream for one has two writers',
    { stream_writers: { typing: ['w1', 'w2'] }, instance_map: { w1: {}, w2: {} } },
    'one writer only',
  ],
  [
    'a duty goes to a misspelt worker',
    { run_background_tasks_on: 'backgroud', instance_map: { background: {} } },
    'write background',
  ],
  ['senders do not exist', { federation_sender_instances: ['s1'] }, 'done by nobody'],
  ['pushers do not exist', { pusher_instances: ['p1'] }, 'done by nobody'],
  ['the directory is updated by nobody', { update_user_directory_from_worker: 'x' }, 'done by nobody'],
  ['application services are told by nobody', { notify_appservices_from_worker: 'x' }, 'done by nobody'],
  ['media jobs are run by nobody', { media_instance_running_background_jobs: 'x' }, 'done by nobody'],
  [
    'the main process is called main in a duty',
    { run_background_tasks_on: 'main', instance_map: { main: {} } },
    'write master',
  ],
])('fails when %s', (_, settings, reason) => {
  expect(check(settings)).toEqual([expect.stringContaining(reason)]);
});

const RIGHT: HomeserverSettings[] = [
  {},
  { enable_registration: true, registration_requires_token: true },
  { enable_registration: true, enable_registration_captcha: true },
  { enable_registration: true, registrations_require_3pid: ['email'] },
  { default_room_version: '12', enable_authenticated_media: true },
  { presence: { enabled: 'untracked', idle_timeout: '90' } },
  { caches: { per_cache_factors: { any_name_at_all: 3 } } },
  { database: { name: 'psycopg2', args: { user: 'u', host: 'h', cp_max: 10 }, statement_timeout: 1000 } },
  { stream_writers: { events: ['w1', 'master'], typing: ['w1'] }, instance_map: { main: {}, w1: {} } },
  {
    listeners: [
      { port: 8008, resources: [{ names: ['client'] }] },
      { port: 9000, type: 'metrics' },
    ],
  },
  { room_prejoin_state: { additional_event_types: ['a', ['b', '']] } },
  { extra_well_known_client_content: { 'org.example': [{ a: null }] } },
  { url_preview_url_blacklist: [{ username: '*', password: '*' }] },
  { redaction_retention_period: null, registration_shared_secret_path: '/secrets/registration' },
  { allow_underscore_prefixed_localpart: true, rc_key_requests: { per_second: 20 } },
  { experimental_features: { msc4388_mode: 'off', msc4140_max_delayed_events_per_user: 10 } },
  { oidc_providers: [{ issuer: 'https://id.example.org/realms/a', client_secret_path: '/s', scopes: ['openid'] }] },
];

test.each(RIGHT.map((s) => [JSON.stringify(s), s] as const))('takes %s', (_, settings) => {
  expect(check(settings)).toEqual([]);
});

test.each<[unknown]>([
  [{ presence: { idle_timeout: 90000 } }],
  [{ max_upload_size: 52428800 }],
  [{ email: { smtp_port: '587' } }],
  [{ stream_writers: { events: 'w1' }, instance_map: { w1: {} } }],
  [{ delete_stale_devices_after: null, federation_domain_whitelist: null }],
  [{ enable_metrics: undefined }],
])('takes other forms that Synapse reads just as well: %j', (settings) => {
  expect(check(settings)).toEqual([]);
});

test('reports a broken rule beside a misspelt key', () => {
  expect(check({ typo_here: 1, database: { name: 'sqlite3' } })).toHaveLength(2);
});

test('a secret under a key that does not exist is one error', () => {
  expect(check({ email: { api_token: 'S3' } })).toEqual([
    expect.stringContaining('email.api_token is set (value withheld)'),
  ]);
});

test('a worker may have the port of the main process, which runs in another pod', () => {
  expect(check({ listeners: [{ port: 8008 }], worker_listeners: [{ port: 8008 }] })).toEqual([]);
});

test('fails when the settings are no mapping', () => {
  expect(check([])).toEqual([expect.stringContaining('must be a mapping')]);
});

test('knows every option of the published schema, but the one that Synapse never reads', () => {
  const missing = Object.keys(upstream.properties).filter((key) => !Object.hasOwn(closed.properties, key));
  expect(missing).toEqual(['allow_underscore_prefixed_registration']);
});

test('is closed at every level, unless the names are the user’s own', () => {
  const open: string[] = [];
  const walk = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, additionalProperties } = node as Record<string, unknown>;
    if ([type].flat().includes('object') && additionalProperties !== false) open.push(path);
    for (const [key, child] of Object.entries(node)) {
      if (key !== 'default') walk(child, key === 'properties' || key === '$defs' ? path : `${path}/${key}`);
    }
  };
  walk(closed, '');
  expect(open).toMatchSnapshot();
});

test('agrees with a full JSON Schema validator', () => {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(JSON.stringify(closed)));
  const samples = [...RIGHT, ...WRONG_SHAPES.map(([, settings]) => settings)]
    .filter((s) => JSON.stringify(s) === JSON.stringify(s, (_, v) => (typeof v === 'function' ? 0 : v)))
    .filter((s) => !JSON.stringify(s).includes('null') || RIGHT.includes(s as HomeserverSettings));
  const verdicts = samples.map((s) => [s, checkShape(s as object).length === 0]);
  expect(verdicts).toEqual(samples.map((s) => [s, validate(s)]));
});

test('three hundred configurations are checked in well under a second', () => {
  const settings = Object.assign({}, ...RIGHT, { stream_writers: {}, listeners: [{ port: 8008 }] });
  const start = performance.now();
  for (let i = 0; i < 300; i++) check(settings);
  expect(performance.now() - start).toBeLessThan(500);
});
