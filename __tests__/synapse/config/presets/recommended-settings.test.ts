import { RECOMMENDED_SETTINGS } from '../../../../lib/synapse/config/presets/recommended-settings';

it.each([
  ['registration is closed, and guests are off', { enable_registration: false, allow_guest_access: false }],
  ['passwords are on, for the accounts Job', { password_config: { enabled: true } }],
  ['new private rooms are encrypted', { encryption_enabled_by_default_for_room_type: 'invite' }],
  ['new rooms have the newest stable version', { default_room_version: '12' }],
  ['presence is off', { presence: { enabled: false } }],
  ['files may be large', { max_upload_size: '50M' }],
  ['copies of other servers’ files are temporary', { media_retention: { remote_media_lifetime: '30d' } }],
  ['users cannot look one another up', { user_directory: { enabled: false, search_all_users: false } }],
  ['profiles need a login', { require_auth_for_profile_requests: true }],
  [
    'the room list is closed',
    {
      enable_room_list_search: false,
      allow_public_rooms_without_auth: false,
      allow_public_rooms_over_federation: false,
    },
  ],
  [
    'other servers learn nothing of accounts and devices',
    { allow_profile_lookup_over_federation: false, allow_device_name_lookup_over_federation: false },
  ],
  ['no statistics are sent', { report_stats: false }],
  ['previews are off', { url_preview_enabled: false }],
])('%s', (_, settings) => {
  expect(RECOMMENDED_SETTINGS).toMatchObject(settings);
});

it.each([
  'listeners',
  'database',
  'server_name',
  'public_baseurl',
  'registration_shared_secret_path',
  'federation_domain_whitelist',
  'enable_authenticated_media',
  'auto_join_rooms',
  'session_lifetime',
  'experimental_features',
])('leaves %s to props, Synapse or the operator', (key) => {
  expect(RECOMMENDED_SETTINGS).not.toHaveProperty(key);
});

it('leaves every rate limit but that of logins to Synapse', () => {
  expect(Object.keys(RECOMMENDED_SETTINGS).filter((key) => key.startsWith('rc_'))).toEqual(['rc_login']);
  // Guessing the password of one account must stay slow.
  expect(RECOMMENDED_SETTINGS.rc_login?.failed_attempts?.burst_count).toBeLessThanOrEqual(5);
});
