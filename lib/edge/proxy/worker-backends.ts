import { SURGE } from '../../kubernetes/workloads/rolling-deployment';
import type { WorkerBackend, WorkerRoute } from '../../synapse/workers/worker-backend';
import type { Backend, Route, Server } from './backends';

/** Requests to which these backends do not answer are answered by the main process. */
export interface WorkerBackends {
  /** Backends of the media repository. No other process has the files, so they come before all others. */
  readonly media: Backend[];
  /** Backends for other servers. */
  readonly federation: Backend[];
  /** Writers of streams for large bodies, of which few are read at a time. */
  readonly large: Backend[];
  /** All other backends. */
  readonly client: Backend[];
}

/** What is balanced by, in HAProxy's words: lines of a backend. */
const BALANCE: { [balance: string]: string[] } = {
  // Synapse's own tokens have the user's name in them.
  user: [
    'http-request set-var(txn.user) req.hdr(Authorization)',
    'http-request set-var(txn.user) url_param(access_token) unless { req.hdr(Authorization) -m found }',
    'http-request set-var(txn.user) var(txn.user),word(2,_) if { var(txn.user) -m sub syt_ }',
    'balance hash var(txn.user)',
    'hash-type consistent',
  ],
  // `/_matrix/client/v3/rooms/ID/…`; requests without a room go to any pod.
  room: [
    'http-request set-var(txn.room) path,field(6,/),url_dec if { path,field(5,/) -m str rooms join knock profile room_summary }',
    'http-request set-var(txn.room) rand(1000000) unless { var(txn.room) -m found }',
    'balance hash var(txn.room)',
    'hash-type consistent',
  ],
  client: ['balance hash var(txn.client)', 'hash-type consistent'],
};

/**
 * A pod that is gone is left for another at the second try, whatever the balance says.
 *
 * Only tries of the same pod pause: with all pods gone, tries without a pause are used up before a check has noticed it.
 */
const REDISPATCH = 'option redispatch 2';

/** The main process, which answers for workers of which no pod is there. */
export interface MainServers {
  /** Its port for clients. */
  readonly client: Server;
  /** Its port for other servers. */
  readonly federation: Server;
  /** Name of the backend that checks it. */
  readonly checkedBy: string;
  /** Whether other servers come through the public frontend too. */
  readonly federates: boolean;
}

/** Returns the backends of workers. */
export function workerBackends(workers: WorkerBackend[], main: MainServers): WorkerBackends {
  const those = (kind: (worker: WorkerBackend) => boolean) =>
    workers.filter(kind).map((worker) => backendOf(worker, main));
  const forServers = ({ media, federationRoutes }: WorkerBackend) => !media && federationRoutes.length > 0;
  return {
    media: those(({ media }) => media),
    federation: those(forServers),
    large: those(({ media, podNames }) => !media && podNames !== undefined).map(largeBodies),
    client: those((worker) => !worker.media && !forServers(worker)),
  };
}

function backendOf(worker: WorkerBackend, main: MainServers): Backend {
  const { host, port, replicas, podNames, balance, clientRoutes, federationRoutes, adminRoutes } = worker;
  const name = worker.name.replaceAll('-', '_');
  const instead = federationRoutes.length > 0 ? main.federation : main.client;
  return {
    name,
    // What only a writer may do waits for it; everything else can be done by the main process.
    servers: podNames
      ? podNames.map((pod) => ({ name: pod, host: `${pod}.${host}`, port, ofPods: true }))
      : [
          { name, host, port, ofPods: true, slots: replicas + SURGE },
          { ...instead, reserveCheckedBy: main.checkedBy },
        ],
    checkedBy: name,
    settings: ['option httpchk GET /health', REDISPATCH, ...(balance ? BALANCE[balance] : [])],
    routes: [
      ...routes(clientRoutes, ['public', 'admin']),
      ...routes(federationRoutes, main.federates ? ['public', 'federation'] : ['federation']),
      ...routes(adminRoutes, ['admin']),
    ],
  };
}

function routes(all: WorkerRoute[], from: Route['from']): Route[] {
  return all.map(({ paths, methods }) => ({ from, paths, methods }));
}

/** The same servers for large bodies; see haproxy/checks/bodies.cfg. */
function largeBodies(writer: Backend): Backend {
  return {
    ...writer,
    name: `${writer.name}_large`,
    maxConnections: 6,
    settings: [REDISPATCH],
    routes: writer.routes?.map((route) => ({ ...route, when: 'var(txn.large) -m bool' })),
  };
}
