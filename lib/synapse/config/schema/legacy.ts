import { pathText, type SettingsPath } from '../path';

/** Outdated spellings, which Synapse still reads or used to, and today's names. */
const RENAMED: Readonly<Record<string, string>> = {
  account_validity: 'modules (the account validity module)',
  backup_media_store_path: 'media_storage_providers',
  bind_host: 'listeners[].bind_addresses',
  bind_port: 'listeners[].port',
  'caches.expiry_time': 'caches.cache_entry_ttl',
  database_path: 'database.args, for PostgreSQL',
  disable_registration: 'enable_registration',
  'email.redact_content': 'push.include_content',
  'email.riot_base_url': 'email.client_base_url',
  'email.template_dir': 'templates.custom_template_directory',
  federation_ip_range_blacklist: 'ip_range_blacklist',
  federation_rc_concurrent: 'rc_federation.concurrent',
  federation_rc_reject_limit: 'rc_federation.reject_limit',
  federation_rc_sleep_delay: 'rc_federation.sleep_delay',
  federation_rc_sleep_limit: 'rc_federation.sleep_limit',
  federation_rc_window_size: 'rc_federation.window_size',
  gzip_responses: 'listeners[].resources[].compress',
  ldap_config: 'modules (the LDAP module)',
  'listeners[].bind_address': 'listeners[].bind_addresses',
  metrics_bind_host: 'a listener of type metrics with bind_addresses',
  metrics_port: 'a listener of type metrics',
  no_tls: 'listeners[].tls',
  notify_appservices: 'notify_appservices_from_worker',
  oidc_config: 'oidc_providers',
  password_providers: 'modules',
  perspectives: 'trusted_key_servers',
  'push.redact_content': 'push.include_content',
  rc_message_burst_count: 'rc_message.burst_count',
  rc_messages_per_second: 'rc_message.per_second',
  restrict_public_rooms_to_local_users: 'allow_public_rooms_without_auth and allow_public_rooms_over_federation',
  room_invite_state_types: 'room_prejoin_state',
  'saml2_config.mxid_mapping': 'saml2_config.user_mapping_provider.config.mxid_mapping',
  'saml2_config.mxid_source_attribute': 'saml2_config.user_mapping_provider.config.mxid_source_attribute',
  spam_checker: 'modules',
  'sso.template_dir': 'templates.custom_template_directory',
  synchronous_backup_media_store: 'media_storage_providers[].store_synchronous',
  third_party_event_rules: 'modules',
  unsecure_port: 'listeners[].port',
  update_user_directory: 'update_user_directory_from_worker',
  use_presence: 'presence.enabled',
};

/** Names that keep Synapse from starting, and the remedy. */
const REFUSED: Readonly<Record<string, string>> = {
  'experimental_features.msc3861': 'use matrix_authentication_service',
  invite_3pid_guest: 'remove it',
  log_file: 'remove it; the server logs to standard output',
  trust_identity_server_for_password_resets: 'remove it; Synapse sends these emails itself',
  worker_replication_host: 'use instance_map.main.host',
  worker_replication_http_port: 'use instance_map.main.port',
  worker_replication_http_tls: 'use instance_map.main.tls',
  worker_replication_port: 'use instance_map.main and redis',
};

/** Names with a message of their own. */
const SPECIAL: Readonly<Record<string, string>> = {
  allow_underscore_prefixed_registration:
    'Synapse never reads it, although its manual lists it: use allow_underscore_prefixed_localpart',
  exempt_from_ratelimiting:
    'Synapse has never had this key: exempt an account with POST /_synapse/admin/v1/users/<user id>/override_ratelimit, or an application service with rate_limited: false in its registration',
  replication_torture_level: "it is for Synapse's own tests: remove it",
  signing_key:
    "it is the server's identity, and a ConfigMap must not contain a secret: remove it; the prop secrets reads it from a Secret",
  use_insecure_ssl_client_just_for_testing_do_not_use: "it is for Synapse's own tests: remove it",
  worker_main_http_uri: 'Synapse has ignored it since 1.73: use instance_map.main',
};

/** The message for a key outside the schema whose name is known; undefined for any other. */
export function unknownKeyHint(path: SettingsPath): string | undefined {
  const name = pathText(path).replace(/\[\d+\]/g, '[]');
  if (Object.hasOwn(SPECIAL, name)) return SPECIAL[name];
  const last = String(path.at(-1));
  if (last === 'exempt_from_ratelimiting') return SPECIAL[last];
  if (Object.hasOwn(REFUSED, name)) return `Synapse refuses to start with it: ${REFUSED[name]}`;
  return Object.hasOwn(RENAMED, name) ? `this spelling is outdated: use ${RENAMED[name]}` : undefined;
}
