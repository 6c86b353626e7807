// What Synapse 1.163.2 reads, where its published schema says otherwise. Each entry was found by reading `synapse/config`.

import { LIMITS, NEVER_NULL } from './homeserver-limits.mjs';

const OPEN = { type: 'object', additionalProperties: {} };
const TEXT = { type: 'string' };
const TEXTS = { type: 'array', items: TEXT };
const FLAG = { type: 'boolean' };
const NUMBER = { type: 'integer' };
const ATTRIBUTE_REQUIREMENTS = {
  type: 'array',
  items: {
    type: 'object',
    required: ['attribute'],
    properties: { attribute: TEXT, value: TEXT, one_of: TEXTS },
  },
};

/** Definitions; the shared ones of upstream lack their patterns, and null is written out beside them again and again. */
const definitions = {
  duration: { type: ['string', 'integer'], pattern: '^[0-9]+[smhdwy]?$', minimum: 0 },
  positive_duration: { type: ['string', 'integer'], pattern: '^0*[1-9][0-9]*[smhdwy]?$', exclusiveMinimum: 0 },
  bytes: { type: ['string', 'integer'], pattern: '^[0-9]+[KMGT]?$', minimum: 0 },
  rate_limit: {
    type: 'object',
    properties: { per_second: { type: 'number', exclusiveMinimum: 0 }, burst_count: { type: 'number', minimum: 0 } },
  },
  database: {
    type: 'object',
    properties: {
      name: { type: 'string', enum: ['sqlite3', 'psycopg2'] },
      args: OPEN,
      txn_limit: NUMBER,
      statement_timeout: NUMBER,
      synchronous_commit: FLAG,
      allow_unsafe_locale: FLAG,
      data_stores: { type: 'array', items: { type: 'string', enum: ['state', 'main'] } },
    },
  },
};
const RENAMED = { rc: 'rate_limit', size: 'bytes' };

/** Whole subtrees that replace what upstream has, or add what it lacks. */
const SUBTREES = {
  'modules[].config': OPEN,
  extra_well_known_client_content: OPEN,
  default_power_level_content_override: {
    type: 'object',
    properties: Object.fromEntries(
      ['private_chat', 'trusted_private_chat', 'public_chat'].map((preset) => [
        preset,
        { type: ['object', 'null'], additionalProperties: {} },
      ]),
    ),
  },
  'listeners[].additional_resources.*.config': OPEN,
  'media_storage_providers[].config': OPEN,
  'oidc_providers[].user_mapping_provider.config': OPEN,
  'oidc_providers[].client_secret_jwt_key.jwt_payload': { type: 'object', additionalProperties: TEXT },
  'oidc_providers[].client_secret_jwt_key.jwt_header': {
    type: 'object',
    required: ['alg'],
    properties: { alg: TEXT },
    additionalProperties: TEXT,
  },
  'oidc_providers[].attribute_requirements': ATTRIBUTE_REQUIREMENTS,
  'saml2_config.enabled': FLAG,
  'saml2_config.idp_brand': { type: ['string', 'null'] },
  'saml2_config.sp_config': OPEN,
  'saml2_config.user_mapping_provider.config': OPEN,
  'opentracing.jaeger_config': OPEN,
  'url_preview_url_blacklist[]': {
    type: 'object',
    properties: Object.fromEntries(
      'scheme netloc path params query fragment username password hostname port'.split(' ').map((k) => [k, TEXT]),
    ),
  },
  'trusted_key_servers[]': {
    type: 'object',
    required: ['server_name'],
    properties: {
      server_name: TEXT,
      verify_keys: { type: 'object', additionalProperties: { ...TEXT } },
      accept_keys_insecurely: FLAG,
    },
  },
  'gc_thresholds[]': NUMBER,
  'gc_min_interval[]': { $ref: '#/$defs/duration' },
  'no_proxy_hosts[]': TEXT,
  'next_link_domain_whitelist[]': TEXT,
  'room_prejoin_state.additional_event_types[]': {
    anyOf: [TEXT, { ...TEXTS, minItems: 2, maxItems: 2 }],
  },
  'instance_map.*': { type: 'object', properties: { host: TEXT, port: NUMBER, tls: FLAG, path: TEXT } },
  // Synapse would take text, but the network policy that follows from it would not.
  'email.smtp_port': { type: ['integer', 'null'] },
  'redis.dbid': { type: ['integer', 'string', 'null'] },
  // Upstream says duration; the code reads a size.
  'caches.cache_autotuning.max_cache_memory_usage': { anyOf: [{ $ref: '#/$defs/bytes' }, { type: 'null' }] },
  // Upstream also allows a duration; the code then crashes.
  ui_auth: { type: 'object', properties: { session_timeout: { $ref: '#/$defs/duration' } } },
  // Upstream lacks it, and without it Synapse does not start.
  'server_notices.system_mxid_localpart': TEXT,
  'presence.last_active_granularity': { $ref: '#/$defs/positive_duration', default: '1m' },
  'presence.sync_online_timeout': { $ref: '#/$defs/positive_duration', default: '30s' },
  'presence.idle_timeout': { $ref: '#/$defs/positive_duration', default: '5m' },
  max_event_delay_duration: { anyOf: [{ $ref: '#/$defs/positive_duration' }, { type: 'null' }] },
  databases: { type: 'object', additionalProperties: { $ref: '#/$defs/database' } },
  enable_registration_token_3pid_bypass: FLAG,
  allow_underscore_prefixed_localpart: FLAG,
  cleanup_extremities_with_dummy_events: FLAG,
  enable_ephemeral_messages: FLAG,
  rc_key_requests: { $ref: '#/$defs/rate_limit' },
  dont_notify_new_devices_for: TEXTS,
  use_account_validity_in_account_status: FLAG,
  no_redirect_stdio: FLAG,
  stream_writers: {
    type: 'object',
    properties: Object.fromEntries(
      'events typing to_device account_data receipts presence push_rules device_lists thread_subscriptions quarantined_media_changes'
        .split(' ')
        .map((stream) => [stream, { type: ['string', 'array'], items: TEXT }]),
    ),
  },
};

/** In the schema and the manual, but never read. */
const NEVER_READ = ['allow_underscore_prefixed_registration'];

const EXPERIMENTAL_FLAGS = `
  msc1763_enabled msc1767_enabled msc2409_to_device_messages_enabled msc2654_enabled msc2815_enabled msc3026_enabled
  msc3202_transaction_extensions msc3381_polls_enabled msc3391_enabled msc3575_enabled msc3664_enabled msc3720_enabled
  msc3773_enabled msc3814_enabled msc3848_enabled msc3874_enabled msc3881_enabled msc3890_enabled msc3912_enabled
  msc3983_appservice_otk_claims msc3984_appservice_key_query msc4028_push_encrypted_events
  msc4069_profile_inhibit_propagation msc4075_enabled msc4076_enabled msc4108_enabled msc4133_enabled msc4143_enabled
  msc4155_enabled msc4169_enabled msc4210_enabled msc4222_enabled msc4235_enabled msc4242_enabled
  msc4263_limit_key_queries_to_users_who_share_rooms msc4267_enabled msc4277_enabled msc4293_enabled msc4306_enabled
  msc4354_enabled msc4370_enabled msc4446_enabled msc4450_enabled msc4452_enabled msc4491_enabled msc4502_enabled
  msc4512_enabled`
  .trim()
  .split(/\s+/);

const experimental = {
  type: 'object',
  properties: {
    ...Object.fromEntries(EXPERIMENTAL_FLAGS.map((k) => [k, FLAG])),
    msc3866: { type: 'object', properties: { enabled: FLAG, require_approval_for_new_accounts: FLAG } },
    msc4108_delegation_endpoint: { type: ['string', 'null'] },
    msc4140_max_delayed_events_per_user: { type: 'integer', minimum: 0 },
    msc4388_mode: { type: 'string', enum: ['off', 'open', 'authenticated'] },
  },
};

/** Upstream's schema as Synapse reads the file. */
export function correct(upstream) {
  const schema = tidy(structuredClone(upstream));
  schema.$defs = structuredClone(definitions);
  for (const [path, subtree] of Object.entries({ ...SUBTREES, experimental_features: experimental })) {
    put(schema, path, structuredClone(subtree));
  }
  schema.$defs.listener = schema.properties.listeners.items;
  put(schema, 'listeners[]', { $ref: '#/$defs/listener' });
  put(schema, 'worker_listeners[]', { $ref: '#/$defs/listener' });
  for (const path of NEVER_NULL) neverNull(at(schema, stepsOf(path)));
  for (const [paths, limits] of LIMITS) {
    for (const path of paths) {
      const node = Object.assign(at(schema, stepsOf(path)), limits);
      // An enumeration says the types itself.
      if (limits.enum) delete node.type;
    }
  }
  for (const name of NEVER_READ) delete schema.properties[name];
  return schema;
}

/** `oneOf [x, null]` means the same as `anyOf`; a boolean or one word is an enumeration; definitions get their new names. */
function tidy(node) {
  if (Array.isArray(node)) return node.map(tidy);
  if (node === null || typeof node !== 'object') return node;
  if (node.oneOf?.every((n) => n.type === 'boolean' || n.const !== undefined)) {
    return { enum: [true, false, ...node.oneOf.filter((n) => n.const !== undefined).map((n) => n.const)] };
  }
  const result = Object.fromEntries(
    Object.entries(node).map(([k, v]) => [k, k === 'default' || k === 'examples' ? v : tidy(v)]),
  );
  if (result.$ref) result.$ref = result.$ref.replace(/[^/]+$/, (name) => RENAMED[name] ?? name);
  if (result.$ref?.endsWith('/3pidmedium')) return { type: 'string', enum: ['email', 'msisdn'] };
  if (result.enum && result.type) delete result.type;
  if (result.oneOf) {
    result.anyOf = result.oneOf;
    delete result.oneOf;
  }
  return result;
}

function neverNull(node) {
  if (Array.isArray(node.type)) {
    node.type = node.type.filter((type) => type !== 'null');
    if (node.type.length === 1) [node.type] = node.type;
  }
  if (node.enum) node.enum = node.enum.filter((value) => value !== null);
  if (node.anyOf) node.anyOf = node.anyOf.filter(({ type }) => type !== 'null');
  if (node.default === null) delete node.default;
}

function put(schema, path, subtree) {
  const steps = stepsOf(path);
  const last = steps.pop();
  const parent = at(schema, steps);
  if (last === '[]') parent.items = subtree;
  else if (last === '*') parent.additionalProperties = subtree;
  else {
    parent.properties ??= {};
    parent.properties[last] = subtree;
  }
}

function stepsOf(path) {
  return path.replaceAll('[]', '.[]').split('.');
}

/** The node at these steps, with references followed. */
function at(schema, steps) {
  return steps.reduce((node, step) => {
    const next = step === '[]' ? node.items : step === '*' ? node.additionalProperties : node.properties?.[step];
    if (!next) throw new Error(`correction ${steps.join('.')}: upstream has no ${step}`);
    return next.$ref ? schema.$defs[next.$ref.replace('#/$defs/', '')] : next;
  }, schema);
}
