import type { HomeserverSettings } from '../../../imports/homeserver';

/**
 * What the counselling platform demands of Synapse, as defaults below the user's own settings.
 *
 * Listeners, database, names, secrets and federation are not here: they follow from how the server is deployed.
 */
export const PLATFORM_SETTINGS: HomeserverSettings = {
  report_stats: false,
  // Which key servers are trusted is decided together with federation; the advice at every start is noise.
  suppress_key_server_warning: true,

  // Accounts are made by the platform with the shared secret, never by strangers.
  enable_registration: false,
  allow_guest_access: false,
  password_config: { enabled: true },

  // The platform takes room IDs apart; from version 12 on they carry no server name.
  default_room_version: '11',
  // Today's rooms are read by services without devices, which cannot decrypt.
  encryption_enabled_by_default_for_room_type: 'off',
  // Call rooms are open to whoever knows them; no list may lead there.
  enable_room_list_search: false,
  allow_public_rooms_without_auth: false,
  allow_public_rooms_over_federation: false,
  // Clients must not find one another: the directory shows strangers to anyone in a public call room.
  user_directory: { enabled: false, search_all_users: false },
  require_auth_for_profile_requests: true,
  // Other servers must not learn who has an account here.
  allow_profile_lookup_over_federation: false,
  allow_device_name_lookup_over_federation: false,

  // Switched off, Synapse answers "offline" for everyone and the platform believes it.
  presence: { enabled: true },

  max_upload_size: '50M',
  // Copies of other servers' files; they are fetched again when somebody looks at them.
  media_retention: { remote_media_lifetime: '30d' },
  // A preview would tell strangers' servers what is talked about, and let users reach into the cluster.
  url_preview_enabled: false,

  // Calls: a participant who vanishes leaves by a delayed event.
  max_event_delay_duration: '24h',
  experimental_features: { msc4143_enabled: true, msc4222_enabled: true },

  // Measured on Synapse 1.163.2: half as much again as the platform's bursts need. Guessing one account's password stops at
  // the 6th to 9th try, one after another. Login-as tokens are limited as the admin, agencies as themselves, and all services share few addresses.
  rc_login: {
    address: { per_second: 1, burst_count: 60 },
    account: { per_second: 1, burst_count: 40 },
    failed_attempts: { per_second: 0.17, burst_count: 5 },
  },
  rc_message: { per_second: 5, burst_count: 200 },
  rc_room_creation: { per_second: 1, burst_count: 40 },
  rc_invites: {
    per_issuer: { per_second: 2, burst_count: 80 },
    per_room: { per_second: 0.3, burst_count: 30 },
    per_user: { per_second: 0.1, burst_count: 30 },
  },
  rc_joins: { local: { per_second: 0.5, burst_count: 30 } },
  rc_joins_per_room: { per_second: 1, burst_count: 30 },
  rc_delayed_event_mgmt: { per_second: 1, burst_count: 30 },
};
