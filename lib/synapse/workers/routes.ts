import type { WorkerRoute } from './worker-backend';
import type { StreamWriters } from './workers-options';

const V = '^/_matrix/client/(api/)?[^/]+';

/** Long polls, and the first sync of a device. */
export const SYNC_ROUTES: WorkerRoute[] = [
  {
    paths: [
      `${V}/(sync|events|initialSync|rooms/[^/]+/initialSync)$`,
      '^/_matrix/client/unstable/org[.]matrix[.]simplified_msc3575/sync$',
    ],
  },
];

/** What changes a room. */
export const CREATOR_ROUTES: WorkerRoute[] = [
  {
    paths: [
      `${V}/rooms/[^/]+/(send|redact|state)/`,
      `${V}/rooms/[^/]+/(join|invite|leave|ban|unban|kick)(/[^/]+)?$`,
      `${V}/(join|knock)/`,
      `${V}/profile/`,
    ],
  },
];

/**
 * Everything else that a worker may answer.
 *
 * Logins and registrations stay with the main process, which counts wrong passwords in its memory.
 */
export const CLIENT_ROUTES: WorkerRoute[] = [
  {
    paths: [
      '^/_matrix/client/versions$',
      `${V}/(createRoom(/[^/]+)?|joined_rooms|publicRooms|search|voip/turnServer|capabilities|notifications)$`,
      `${V}/rooms/[^/]+/(aliases|hierarchy|joined_members|members|state|threads|timestamp_to_event)$`,
      `${V}/rooms/[^/]+/(context|event|relations)/`,
      '^/_matrix/client/unstable/org[.]matrix[.]msc2432/rooms/[^/]+/aliases$',
      '^/_matrix/client/(v1/room_summary|unstable/im[.]nheko[.]summary/(rooms|summary))/',
      `${V}/(account/(3pid|whoami|deactivate)|devices(/[^/]+)?|delete_devices|user/[^/]+/filter(/[^/]+)?)$`,
      `${V}/keys/(changes|claim|query|upload(/[^/]+)?|device_signing/upload|signatures/upload)$`,
      `${V}/(room_keys|directory/room)/`,
      `${V}/user_directory/search$`,
    ],
  },
  // What these paths write, only the writer of the stream may.
  {
    methods: ['GET'],
    paths: [
      // The main process keeps the state of a purge, so that a room's history is read in one place.
      `${V}/rooms/[^/]+/messages$`,
      `${V}/(pushrules|presence)/`,
      `${V}/user/[^/]+/(rooms/[^/]+/)?(account_data/[^/]+|tags)$`,
      '^/_matrix/client/unstable/org[.]matrix[.]msc4140/delayed_events(/[^/]+)?$',
    ],
  },
  { methods: ['POST'], paths: ['^/_matrix/client/unstable/org[.]matrix[.]msc4140/delayed_events/[^/]+/restart$'] },
];

/** What other servers ask and send. The media are the media repository's, and OpenID tokens the main process'. */
export const FEDERATION_ROUTES: WorkerRoute[] = [
  { paths: ['^/_matrix/federation/(?!v1/(media/|openid/))', '^/_matrix/key/'] },
];

/** Files, once the main process no longer answers for them. */
export const MEDIA_ROUTES = {
  client: [{ paths: ['^/_matrix/(media|client/v1/media)/'] }],
  federation: [{ paths: ['^/_matrix/federation/v1/media/'] }],
  admin: [
    {
      paths: [
        '^/_synapse/admin/v1/(purge_media_cache$|media/|quarantine_media/)',
        '^/_synapse/admin/v1/(room|user|users)/[^/]+/media(/|$)',
      ],
    },
  ],
};

/** What only the writer of a stream may answer; its reads go there too. */
export const STREAM_ROUTES: { [prop in keyof StreamWriters]-?: WorkerRoute[] } = {
  typing: [{ paths: [`${V}/rooms/[^/]+/typing/`] }],
  toDevice: [{ paths: [`${V}/sendToDevice/`] }],
  accountData: [{ paths: [`${V}/user/[^/]+/(rooms/[^/]+/)?(account_data/|tags)`] }],
  receipts: [{ paths: [`${V}/rooms/[^/]+/(receipt/|read_markers$)`] }],
  presence: [{ paths: [`${V}/presence/`] }],
  pushRules: [{ paths: [`${V}/pushrules/`] }],
  deviceLists: [
    {
      paths: [
        `${V}/(devices(/[^/]+)?|delete_devices)$`,
        `${V}/keys/(upload(/[^/]+)?|device_signing/upload|signatures/upload)$`,
      ],
    },
  ],
};
