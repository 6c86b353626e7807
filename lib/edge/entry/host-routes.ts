import { checkedPublicHost } from '../../addresses/host';
import { hostOfServerName } from '../../addresses/server-name';

/** The paths that the edge serves at a host name. */
export interface HostRoute {
  readonly host: string;
  /** Path prefixes; other services at that host may serve everything else. */
  readonly paths: string[];
  /** Port at which other servers connect to this host. @default - they do not, or at 443 */
  readonly federationPort?: number;
  /** Port of the edge's Service. @default - that of the entry */
  readonly servicePort?: number;
}

/** Host names of a system. */
export interface EdgeHosts {
  /** Base URL of the client API: `https://matrix.example.org`. */
  readonly publicBaseUrl: string;
  /** Server names, as in Matrix IDs, that discovery answers for. @default - none */
  readonly serverNames?: string[];
  /** Host and port at which other servers connect: `matrix.example.org:443`. */
  readonly federationHost: string;
  /** Further hosts that serve media. @default - none */
  readonly mediaHosts?: string[];
}

const DISCOVERY = '/.well-known/matrix';

/**
 * The paths of each host; hosts of the same name share one route.
 *
 * @throws when one is not a valid host name, because an Ingress or a Gateway could not match it.
 */
export function hostRoutes(hosts: EdgeHosts, federates: boolean): HostRoute[] {
  const { serverNames = [], mediaHosts = [], federationHost } = hosts;
  const routes = new Map<string, Set<string>>();
  const lead = (host: string, ...paths: string[]) => {
    routes.set(host, new Set([...(routes.get(host) ?? []), ...paths]));
  };
  lead(
    checkedPublicHost('publicBaseUrl', new URL(hosts.publicBaseUrl).hostname),
    '/_matrix',
    '/_synapse/client',
    ...(serverNames.length > 0 ? [DISCOVERY] : []),
  );
  for (const name of serverNames) {
    lead(checkedPublicHost('serverName', hostOfServerName(name)), DISCOVERY);
  }
  if (federates) {
    lead(checkedPublicHost('federationHost', hostOfServerName(federationHost)), '/_matrix/federation', '/_matrix/key');
  }
  for (const host of mediaHosts) {
    lead(checkedPublicHost('mediaHosts', host), '/_matrix/media', ...(serverNames.length > 0 ? [DISCOVERY] : []));
  }
  const { hostname, port } = new URL(`https://${federationHost}`);
  return [...routes].map(([host, paths]) => ({
    host,
    paths: withoutCovered([...paths]),
    ...(federates && port && host === hostname ? { federationPort: Number(port) } : {}),
  }));
}

/** Leaves out each path that another one in the list is a prefix of. */
function withoutCovered(paths: string[]): string[] {
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other}/`)));
}
