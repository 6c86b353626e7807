import type { HomeserverSettings } from '../../../../imports/homeserver';

/** Where the ORISO counselling platform differs from the recommended settings. */
export const ORISO_SETTINGS: HomeserverSettings = {
  // The platform reads the server name out of room IDs, which from version 12 on do not contain it.
  default_room_version: '11',
  // Its services read rooms without a device, so they cannot decrypt.
  encryption_enabled_by_default_for_room_type: 'off',
  // While presence is off Synapse answers "offline" for everyone, and the platform takes that for the truth.
  presence: { enabled: true },

  // Its administrator reads the names of accounts whose rooms it does not share.
  limit_profile_requests_to_users_who_share_rooms: false,

  // Calls: a participant who loses the connection leaves by a delayed event.
  max_event_delay_duration: '24h',
  // Calls: Element Call finds its media servers (MSC4143), and sees room state reliably while it syncs (MSC4222).
  experimental_features: { msc4143_enabled: true, msc4222_enabled: true },

  // Bursts, measured on Synapse 1.163.2: half as much again as the platform's services need.
  // Five messages for each enquiry, 30 enquiries at once; login-as tokens share the limits of the administrator.
  rc_message: { per_second: 5, burst_count: 200 },
  // A room for each enquiry, created by an agency.
  rc_room_creation: { per_second: 1, burst_count: 40 },
  // Agencies invite users and consultants; a group chat has 15 members, a consultant 20 rooms.
  rc_invites: {
    per_issuer: { per_second: 2, burst_count: 80 },
    per_room: { per_second: 0.3, burst_count: 30 },
    per_user: { per_second: 0.1, burst_count: 30 },
  },
  // The joins that answer those invitations.
  rc_joins: { local: { per_second: 0.5, burst_count: 30 } },
  rc_joins_per_room: { per_second: 1, burst_count: 30 },
  // Element Call restarts the delayed leave of each participant every few seconds.
  rc_delayed_event_mgmt: { per_second: 1, burst_count: 30 },
};
