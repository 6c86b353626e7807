import type { Backend, Route } from './backends';

/** Parts of a system that the proxy forwards to. */
export interface ProxiedParts {
  readonly synapse: {
    readonly host: string;
    readonly clientPort: number;
    readonly federationPort: number;
    /** Whether other servers may connect. */
    readonly federates: boolean;
  };
  /** @default - `/.well-known/matrix` is not served */
  readonly discovery?: { readonly host: string; readonly port: number };
}

/** Login requests; 30-checks.cfg has the same pattern. */
const LOGIN: Omit<Route, 'from'> = { methods: ['POST'], paths: ['^/_matrix/client/(api/)?[^/]+/login$'] };

/** The backends of a system, in the order of their routes. */
export function systemBackends({ synapse, discovery }: ProxiedParts): Backend[] {
  const main = { name: 'main', host: synapse.host, port: synapse.clientPort };
  // One health check for all backends, so that every frontend answers 503 from the same moment while Synapse is down.
  const checkedBy = 'synapse';
  // Synapse counts a wrong password only after checking it: without a limit, concurrent guesses would all be checked.
  const login = { servers: [main], checkedBy, maxConnections: 2 };
  const federation: Route = { from: ['public'], paths: ['^/_matrix/federation/', '^/_matrix/key/'] };
  return [
    { name: 'synapse', servers: [main], checkedBy, settings: ['option httpchk GET /health'] },
    // Not checked: it is down only while the name of Synapse does not resolve; see 70-state.cfg.
    { name: 'synapse_name', servers: [main] },
    {
      name: 'federation',
      servers: [{ ...main, port: synapse.federationPort }],
      checkedBy,
      routes: synapse.federates ? [federation] : [],
    },
    ...(discovery
      ? [
          {
            name: 'discovery',
            servers: [{ name: 'discovery', host: discovery.host, port: discovery.port }],
            checkedBy: 'discovery',
            routes: [{ from: ['public'], paths: ['^/\\.well-known/matrix/'] }],
          } satisfies Backend,
        ]
      : []),
    { ...login, name: 'login', routes: [{ ...LOGIN, from: ['public'] }] },
    { ...login, name: 'admin_login', routes: [{ ...LOGIN, from: ['admin'] }] },
  ];
}
