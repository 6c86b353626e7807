import type { WorkerBackend } from '../../synapse/workers/worker-backend';
import type { Backend, Route } from './backends';
import { workerBackends } from './worker-backends';

/** Parts of a system that the proxy forwards to. */
export interface ProxiedParts {
  readonly synapse: {
    readonly host: string;
    readonly clientPort: number;
    readonly federationPort: number;
    /** Whether other servers may connect. */
    readonly federates: boolean;
    /** Its workers that answer requests. */
    readonly workerBackends: WorkerBackend[];
  };
  /** @default - `/.well-known/matrix` is not served */
  readonly discovery?: { readonly host: string; readonly port: number };
}

/** Login requests; 30-checks.cfg has the same pattern. */
const LOGIN: Omit<Route, 'from'> = { methods: ['POST'], paths: ['^/_matrix/client/(api/)?[^/]+/login$'] };

/** Bodies that the proxy holds for large; see haproxy/checks/bodies.cfg. */
const LARGE = 'var(txn.large) -m bool';
const UPLOAD = '/_matrix/media/[^/]+/upload(/|$)';

/** The backends of a system, in the order of their routes. */
export function systemBackends({ synapse, discovery }: ProxiedParts): Backend[] {
  const main = { name: 'main', host: synapse.host, port: synapse.clientPort };
  const other = { ...main, port: synapse.federationPort };
  // One health check for all backends, so that every frontend answers 503 from the same moment while Synapse is down.
  const checkedBy = 'synapse';
  // Synapse counts a wrong password only after checking it: without a limit, concurrent guesses would all be checked.
  const login = { servers: [main], checkedBy, maxConnections: 2 };
  const clients: Route['from'] = ['public', 'admin'];
  const workers = workerBackends(synapse.workerBackends, {
    client: main,
    federation: other,
    checkedBy,
    federates: synapse.federates,
  });
  // Only the media repository has the files.
  const [media] = workers.media;
  const thumbnails = { servers: media?.servers ?? [main], checkedBy: media?.name ?? checkedBy, maxConnections: 1 };
  const thumbnail: Route = { from: clients, paths: ['^/_matrix/(client/v1/media|media/[^/]+)/thumbnail/'] };
  return [
    { name: 'synapse', servers: [main], checkedBy, settings: ['option httpchk GET /health'] },
    // Not checked: it is down only while the name of Synapse does not resolve; see 70-state.cfg.
    { name: 'synapse_name', servers: [main] },
    // A picture of a few kilobytes takes up to 200 MB while its thumbnail is made; other servers may be slow to send theirs.
    { ...thumbnails, name: 'remote_thumbnail', routes: [{ ...thumbnail, when: 'var(txn.remote) -m bool' }] },
    { ...thumbnails, name: 'thumbnail', routes: [thumbnail] },
    ...workers.media,
    // A body of 13 MB takes 300 MB in Synapse before it looks at the signature.
    {
      name: 'federation_large',
      servers: [other],
      checkedBy,
      maxConnections: 1,
      routes: [
        ...(synapse.federates ? [{ from: ['public' as const], paths: FEDERATION, when: LARGE }] : []),
        { from: ['federation'], paths: ['^/'], when: LARGE },
      ],
    },
    ...workers.federation,
    {
      name: 'federation',
      servers: [other],
      checkedBy,
      routes: synapse.federates ? [{ from: ['public'], paths: FEDERATION }] : [],
    },
    ...(discovery ? [discoveryBackend(discovery)] : []),
    { ...login, name: 'login', routes: [{ ...LOGIN, from: ['public'] }] },
    { ...login, name: 'admin_login', routes: [{ ...LOGIN, from: ['admin'] }] },
    ...workers.large,
    // Before the token is looked at, 1 MiB takes 25 MiB. Uploads go to disk.
    {
      name: 'large_body',
      servers: [main],
      checkedBy,
      maxConnections: 6,
      routes: [{ from: clients, paths: [`^(?!${UPLOAD})`], when: LARGE }],
    },
    ...workers.client,
  ];
}

const FEDERATION = ['^/_matrix/federation/', '^/_matrix/key/'];

function discoveryBackend({ host, port }: { readonly host: string; readonly port: number }): Backend {
  const servers = [{ name: 'discovery', host, port }];
  return {
    name: 'discovery',
    servers,
    checkedBy: 'discovery',
    routes: [{ from: ['public'], paths: ['^/\\.well-known/matrix/'] }],
  };
}
