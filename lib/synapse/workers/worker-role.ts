import type { HomeserverSettings, ListenerResourceSettings } from '../../../imports/homeserver';
import { CLIENT_ROUTES, CREATOR_ROUTES, FEDERATION_ROUTES, MEDIA_ROUTES, STREAM_ROUTES, SYNC_ROUTES } from './routes';
import { WorkerBalance, type WorkerRoute } from './worker-backend';
import type { StreamWriters, WorkersOptions } from './workers-options';

/** A kind of worker: what it answers, and what no other process may do. */
export interface WorkerRole {
  /** Prop that asks for it, for messages. */
  readonly prop: string;
  /** Name of the worker, and end of its objects' names. */
  readonly name: string;
  /** What its listener for requests serves. @default - it answers only other processes */
  readonly serves?: ListenerResourceSettings['names'];
  /** Requests that it answers, of clients, other servers and administrators. @default - none */
  readonly routes?: { readonly client?: WorkerRoute[]; federation?: WorkerRoute[]; admin?: WorkerRoute[] };
  /** Whether it stores and serves the files, instead of the main process. @default false */
  readonly media?: boolean;
  /** What decides which pod gets a request. @default - the one with the least connections */
  readonly balance?: WorkerBalance;
  /** Streams that only its processes write. @default - none */
  readonly streams?: string[];
  /** Settings that name the processes with a duty. @default - none */
  readonly duties?: (keyof HomeserverSettings)[];
  /** What it has work for. @default - there is always some */
  readonly needs?: 'federation' | 'push';
}

/** The workers by the props that ask for them. */
export const ROLES: { [prop in Exclude<keyof WorkersOptions, 'streams' | 'resources'>]-?: WorkerRole } = {
  sync: {
    prop: 'sync',
    name: 'sync',
    serves: ['client'],
    routes: { client: SYNC_ROUTES },
    balance: WorkerBalance.USER,
  },
  client: {
    prop: 'client',
    name: 'client',
    serves: ['client'],
    routes: { client: CLIENT_ROUTES },
    balance: WorkerBalance.ROOM,
  },
  eventCreators: {
    prop: 'eventCreators',
    name: 'event-creator',
    serves: ['client'],
    routes: { client: CREATOR_ROUTES },
    balance: WorkerBalance.ROOM,
  },
  eventPersisters: { prop: 'eventPersisters', name: 'event-persister', streams: ['events'] },
  federationReaders: {
    prop: 'federationReaders',
    name: 'federation-reader',
    serves: ['federation'],
    routes: { federation: FEDERATION_ROUTES },
    balance: WorkerBalance.CLIENT,
    needs: 'federation',
  },
  federationSenders: {
    prop: 'federationSenders',
    name: 'federation-sender',
    duties: ['federation_sender_instances'],
    needs: 'federation',
  },
  pushers: { prop: 'pushers', name: 'pusher', duties: ['pusher_instances'], needs: 'push' },
  media: {
    prop: 'media',
    name: 'media',
    media: true,
    serves: ['media'],
    routes: MEDIA_ROUTES,
    // Only the media repository can quarantine what it has.
    streams: ['quarantined_media_changes'],
    duties: ['media_instance_running_background_jobs'],
  },
  background: {
    prop: 'background',
    name: 'background',
    duties: ['run_background_tasks_on', 'update_user_directory_from_worker', 'notify_appservices_from_worker'],
  },
};

/** The writers of streams by the props of `streams`. */
export const WRITERS: { [prop in keyof StreamWriters]-?: WorkerRole } = {
  typing: writer('typing', 'typing'),
  toDevice: writer('toDevice', 'to_device'),
  accountData: writer('accountData', 'account_data'),
  receipts: writer('receipts', 'receipts'),
  presence: writer('presence', 'presence'),
  pushRules: writer('pushRules', 'push_rules'),
  deviceLists: writer('deviceLists', 'device_lists'),
};

function writer(prop: keyof StreamWriters, stream: string): WorkerRole {
  return {
    prop: `streams.${prop}`,
    name: stream.replace('_', '-'),
    serves: ['client'],
    routes: { client: STREAM_ROUTES[prop] },
    streams: [stream],
  };
}
