import type { HomeserverSettings } from '../../imports/homeserver';

/** A file of the probe's. */
const SECRET = '/tmp/probe/secret';
const LISTENER = {
  port: 8009,
  type: 'http' as const,
  bind_addresses: ['127.0.0.1'],
  resources: [{ names: ['client' as const] }],
};
const REGISTRATION = { enable_registration: true, registration_requires_token: true };

/**
 * Valid settings around an option, by the beginning of its name: the first that fits counts.
 *
 * Synapse reads many options only inside a complete block, or while another option is on.
 */
export const EXAMPLES: Readonly<Record<string, HomeserverSettings>> = {
  listeners: { listeners: [LISTENER] },
  worker_listeners: { worker_listeners: [LISTENER] },
  'gc_thresholds[]': { gc_thresholds: [700, 10, 10] },
  'gc_min_interval[]': { gc_min_interval: ['1s', '10s', '30s'] },
  'caches.cache_autotuning.': {
    caches: {
      cache_autotuning: {
        max_cache_memory_usage: '1024M',
        target_cache_memory_usage: '758M',
        min_cache_ttl: '5m',
      },
    },
  },
  manhole_settings: { manhole: 9999 },
  matrix_authentication_service: {
    matrix_authentication_service: { enabled: true, endpoint: 'http://mas.example:8080/', secret_path: SECRET },
    password_config: { enabled: false },
  },
  email: {
    email: { smtp_host: '127.0.0.1', notif_from: 'A <a@example.org>', enable_notifs: true, app_name: 'A' },
  },
  hs_disabled_message: { hs_disabled: true },
  max_mau_value: { limit_usage_by_mau: true },
  mau_: { limit_usage_by_mau: true, max_mau_value: 5 },
  limit_remote_rooms: { limit_remote_rooms: { enabled: true } },
  limit_profile_requests: { require_auth_for_profile_requests: true },
  'retention.purge_jobs': { retention: { enabled: true, purge_jobs: [{ interval: '1d' }] } },
  retention: { retention: { enabled: true } },
  'database.': { database: { name: 'psycopg2', args: { user: 'u', host: 'h' } } },
  'databases.': { databases: { main: { name: 'psycopg2', args: { user: 'u' }, data_stores: ['main', 'state'] } } },
  media_storage_providers: {
    media_storage_providers: [
      {
        module: 'synapse.media.storage_provider.FileStorageProviderBackend',
        config: { directory: '/tmp' },
        store_local: true,
        store_remote: true,
        store_synchronous: true,
      },
    ],
  },
  media_upload_limits: { media_upload_limits: [{ time_period: '1d', max_size: '5M' }] },
  thumbnail_sizes: { thumbnail_sizes: [{ width: 32, height: 32, method: 'crop' }] },
  url_preview_ip_range_blacklist: { url_preview_enabled: true },
  url_preview: { url_preview_enabled: true, url_preview_ip_range_blacklist: ['10.0.0.0/8'] },
  max_spider_size: { url_preview_enabled: true, url_preview_ip_range_blacklist: ['10.0.0.0/8'] },
  recaptcha: {
    ...REGISTRATION,
    enable_registration_captcha: true,
    recaptcha_public_key: 'x',
    recaptcha_private_key_path: SECRET,
  },
  enable_registration_captcha: { recaptcha_public_key: 'x', recaptcha_private_key_path: SECRET },
  turn_: { turn_uris: ['turn:turn.example.org'] },
  'matrix_rtc.': {
    matrix_rtc: { transports: [{ type: 'livekit', livekit_service_url: 'https://a.example' }] },
    experimental_features: { msc4143_enabled: true },
  },
  registrations_require_3pid: { ...REGISTRATION, email: { smtp_host: '127.0.0.1', notif_from: 'a@example.org' } },
  enable_registration: { registration_requires_token: true },
  'allowed_local_3pids[].': { ...REGISTRATION, allowed_local_3pids: [{ medium: 'email', pattern: '.*' }] },
  auto_join_mxid_localpart: { auto_join_rooms: ['#a:example.org'], autocreate_auto_join_room_preset: 'private_chat' },
  autocreate_auto_join_room_preset: { auto_join_rooms: ['#a:example.org'], auto_join_mxid_localpart: 'a' },
  auto: { auto_join_rooms: ['#a:example.org'] },
  'sentry.': {},
  'old_signing_keys.': {
    old_signing_keys: { 'ed25519:a': { key: 'A'.repeat(43), expired_ts: 1 } },
  },
  trusted_key_servers: { trusted_key_servers: [{ server_name: 'example.org' }] },
  'oidc_providers[].client_secret_jwt_key': {
    oidc_providers: [
      { ...provider(), client_secret_jwt_key: { key: 'x', jwt_header: { alg: 'ES256' }, jwt_payload: {} } },
    ],
  },
  oidc_providers: { oidc_providers: [provider()] },
  'saml2_config.': { saml2_config: { sp_config: { metadata: { local: [] } } } },
  cas_config: { cas_config: { enabled: true, server_url: 'https://cas.example.org' } },
  'jwt_config.': { jwt_config: { enabled: true, secret: 'x', algorithm: 'HS256' } },
  'user_consent.': {},
  'server_notices.': { server_notices: { system_mxid_localpart: 'notices', room_name: 'A' } },
  'alias_creation_rules[].': { alias_creation_rules: [{ action: 'allow' }] },
  'room_list_publication_rules[].': { room_list_publication_rules: [{ action: 'allow' }] },
  'opentracing.': { opentracing: { enabled: true } },
  stream_writers: { instance_map: { main: { host: 'a', port: 1 }, abc: { host: 'a', port: 2 } } },
  'instance_map.': { instance_map: { main: { host: 'a', port: 1 } } },
  redis: { redis: { enabled: true } },
  'experimental_features.msc4108': {},
} as Readonly<Record<string, HomeserverSettings>>;

function provider() {
  return {
    idp_id: 'a',
    idp_name: 'A',
    issuer: 'https://id.example.org/',
    client_id: 'a',
    client_secret_path: SECRET,
    discover: false,
    authorization_endpoint: 'https://id.example.org/a',
    token_endpoint: 'https://id.example.org/t',
    userinfo_endpoint: 'https://id.example.org/u',
    jwks_uri: 'https://id.example.org/j',
    user_mapping_provider: { config: { localpart_template: '{{ user.sub }}' } },
  };
}

/** The example for an option. */
export function exampleFor(option: string): HomeserverSettings {
  const name = Object.keys(EXAMPLES).find((beginning) => option.startsWith(beginning));
  return name === undefined ? {} : EXAMPLES[name];
}
