import type { HomeserverSettings } from '../../../../imports/homeserver';

/**
 * Settings that suit any installation, private by default.
 *
 * Rate limits are Synapse's own, but for logins. Listeners, database, names, secrets, federation and authenticated media are not here:
 * they follow from the props of `MatrixSynapse`.
 */
export const RECOMMENDED_SETTINGS: HomeserverSettings = {
  // Synapse requires an answer. Statistics leave the cluster only when the operator decides so.
  report_stats: false,
  // The prop `federation` decides which key servers are trusted; the advice at every start is noise.
  suppress_key_server_warning: true,

  // Accounts come from an administrator, the registration secret or an OIDC provider.
  enable_registration: false,
  // Guests act without an account, so abuse cannot be traced or blocked.
  allow_guest_access: false,
  // The accounts Job logs in with a password. Set it to false where OIDC is the only login, with `accounts:
  // Accounts.none()`.
  password_config: { enabled: true },

  // The newest that Synapse 1.163.2 calls stable, and its default. It is pinned so that an update of Synapse never
  // changes the format of new rooms by itself: the change is a line in the diff of the manifests.
  default_room_version: '12',
  // Every new room that is private is end-to-end encrypted, whichever client creates it.
  encryption_enabled_by_default_for_room_type: 'invite',
  // A public room is found by its address only: neither members, unauthenticated requests nor other servers can list
  // rooms.
  enable_room_list_search: false,
  allow_public_rooms_without_auth: false,
  allow_public_rooms_over_federation: false,
  // Users cannot look one another up; they invite by the full user ID.
  user_directory: { enabled: false, search_all_users: false },
  // A profile is shown only to logged-in users who share a room with its owner: others could try names.
  require_auth_for_profile_requests: true,
  limit_profile_requests_to_users_who_share_rooms: true,
  // A request for a new password does not tell whether an account has the address.
  request_token_inhibit_3pid_errors: true,
  // Other servers cannot find out who has an account here, or on which devices.
  allow_profile_lookup_over_federation: false,
  allow_device_name_lookup_over_federation: false,

  // Presence tells when someone is awake, and is among the most expensive features of Synapse.
  presence: { enabled: false },

  // A photo or a short film; the edge takes its limit for request bodies from here.
  max_upload_size: '50M',
  // Copies of other servers' files, which are fetched again on demand.
  media_retention: { remote_media_lifetime: '30d' },
  // A preview tells the linked server what is talked about, and lets users send requests from inside the cluster.
  url_preview_enabled: false,

  // Many users share one address, behind a router or a load balancer: Synapse's own limit would let five of them log in,
  // and then one every five minutes. Guessing the password of one account still stops at the 6th to 9th try.
  rc_login: {
    address: { per_second: 1, burst_count: 60 },
    account: { per_second: 1, burst_count: 40 },
    failed_attempts: { per_second: 0.17, burst_count: 5 },
  },
};
