import { checkedPublicHost } from '../../addresses/host';
import { hostOfServerName } from '../../addresses/server-name';

/** What stands behind a host name. */
export interface HostRoute {
  readonly host: string;
  /** Beginnings of paths; everything else is left to others at that host. */
  readonly paths: string[];
}

/** Host names of a system. */
export interface EdgeHosts {
  /** `https://matrix.example.org` */
  readonly publicBaseUrl: string;
  /** Names in Matrix addresses that discovery answers for. @default - none */
  readonly serverNames?: string[];
  /** Where other servers reach this one: `matrix.example.org:443`. */
  readonly federationHost: string;
  /** Hosts that lead to files too. @default - none */
  readonly mediaHosts?: string[];
}

const DISCOVERY = '/.well-known/matrix';

/**
 * Which host leads where: one for all, or one for each purpose, as the names say.
 *
 * @throws when one is not a host name, which an Ingress or a Gateway could not match.
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
  return [...routes].map(([host, paths]) => ({ host, paths: withoutCovered([...paths]) }));
}

/** A beginning that begins with another one needs no rule of its own. */
function withoutCovered(paths: string[]): string[] {
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other}/`)));
}
