import { check } from '../../../support/homeserver';

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
  ['log_file', 'standard output'],
  ['worker_replication_host', 'instance_map.main.host'],
  ['worker_main_http_uri', 'instance_map.main'],
  ['allow_underscore_prefixed_registration', 'allow_underscore_prefixed_localpart'],
  ['use_insecure_ssl_client_just_for_testing_do_not_use', 'tests'],
])('refuses the old name %s', (key, remedy) => {
  expect(check({ [key]: 1 })).toEqual([expect.stringContaining(remedy)]);
});

test('exempt_from_ratelimiting is explained wherever it is put', () => {
  expect(check({ rc_message: { exempt_from_ratelimiting: ['@a:b'] } })[0]).toContain('override_ratelimit');
});

test('refuses nested old names', () => {
  expect(check({ listeners: [{ port: 1, bind_address: '0.0.0.0' }] })[0]).toContain('listeners[].bind_addresses');
  expect(check({ experimental_features: { msc3861: { enabled: true } } })[0]).toContain('refuses to start');
});
