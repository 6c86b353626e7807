import { HomeserverConfig } from '../../../lib/synapse/config/homeserver-config';
import { PLATFORM_SETTINGS } from '../../../lib/synapse/config/platform-settings';

const platform = HomeserverConfig.platform();

test('are what HomeserverConfig.platform gives, and pass the check', () => {
  expect(platform.settings).toEqual(PLATFORM_SETTINGS);
  expect(platform.check()).toEqual([]);
});

test.each([
  ['nobody registers alone', { enable_registration: false, allow_guest_access: false }],
  ['rooms keep a server name in their IDs', { default_room_version: '11' }],
  ['files may be large', { max_upload_size: '50M' }],
  ['presence tells the truth', { presence: { enabled: true } }],
  ['clients do not find one another', { user_directory: { enabled: false, search_all_users: false } }],
  ['rooms stay readable for the services', { encryption_enabled_by_default_for_room_type: 'off' }],
  ['calls clean up after themselves', { max_event_delay_duration: '24h' }],
  ['calls find their servers', { experimental_features: { msc4143_enabled: true, msc4222_enabled: true } }],
  ['the room list is closed', { allow_public_rooms_without_auth: false, allow_public_rooms_over_federation: false }],
  ['nothing is reported', { report_stats: false }],
  ['previews do not leak', { url_preview_enabled: false }],
])('%s', (_, settings) => {
  expect(PLATFORM_SETTINGS).toMatchObject(settings);
});

test('rate limits are finite and above the bursts of the platform', () => {
  const limits = {
    'rc_login.address': [1, 60],
    'rc_login.account': [1, 40],
    'rc_login.failed_attempts': [0.17, 5],
    rc_message: [5, 200],
    rc_room_creation: [1, 40],
    'rc_invites.per_issuer': [2, 80],
    'rc_invites.per_user': [0.1, 30],
    'rc_invites.per_room': [0.3, 30],
    'rc_joins.local': [0.5, 30],
    rc_joins_per_room: [1, 30],
    rc_delayed_event_mgmt: [1, 30],
  };
  for (const [path, [per_second, burst_count]] of Object.entries(limits)) {
    expect(PLATFORM_SETTINGS).toHaveProperty(path, { per_second, burst_count });
  }
});

test.each([
  'listeners',
  'database',
  'server_name',
  'public_baseurl',
  'registration_shared_secret_path',
  'federation_domain_whitelist',
  'auto_join_rooms',
  'session_lifetime',
])('leaves %s to others', (key) => {
  expect(PLATFORM_SETTINGS).not.toHaveProperty(key);
});

test('gives way to the user', () => {
  expect(platform.extend({ default_room_version: '12', presence: { enabled: false } }).check()).toEqual([]);
});
