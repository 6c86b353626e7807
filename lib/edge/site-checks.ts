import { Size, SizeRoundingBehavior } from 'cdk8s';
import { checkedPublicHost } from '../addresses/host';
import { isPort } from '../addresses/port';
import { hostOfServerName } from '../addresses/server-name';
import type { EdgeSite, SiteRoute } from './edge-site';
import type { Entry } from './entry/entry';
import { type EdgeHosts, hostRoutes } from './entry/host-routes';

/** Segments of letters, digits, `.`, `_` and `-`, without a slash at the end; or only `/`. */
const PATH = /^(\/|(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+)$/;
const LARGEST = Size.gibibytes(1).toKibibytes();
const SERVICE = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Hosts of a system, which no site may have. */
interface SystemHosts extends EdgeHosts {
  readonly serverName: string;
}

/**
 * Checks the sites.
 *
 * @throws when a host is one of the homeserver's, or a route is not valid or there twice.
 */
export function checkSites(sites: EdgeSite[], hosts: SystemHosts, entry: Entry): void {
  const [first] = sites;
  if (!first) return;
  if (!entry._controller) {
    throw new Error(
      `sites has '${first.host}', but entry is Entry.none(), so no request could reach it: use Entry.ingress({…}) or ` +
        'Entry.gateway({…})',
    );
  }
  const ofMatrix = [...hostRoutes(hosts, true).map(({ host }) => host), hostOfServerName(hosts.serverName)];
  const seen = new Set<string>();
  for (const { host, routes } of sites) {
    checkedPublicHost('sites', host);
    if (ofMatrix.includes(host)) {
      throw new Error(
        `sites has host '${host}', which is a host of the homeserver: use another one, such as ` +
          `calls.${host.replace(/^matrix\./, '')}, because pages of one host can read what the other one's store in a browser`,
      );
    }
    if (routes.length === 0) {
      throw new Error(`the site '${host}' has no routes: add one, or leave the site out`);
    }
    for (const route of routes) {
      checkRoute(host, route);
      if (seen.has(`${host}${route.path}`)) {
        throw new Error(`sites has the path '${route.path}' of '${host}' twice: leave one of them out`);
      }
      seen.add(`${host}${route.path}`);
    }
  }
}

function checkRoute(host: string, { path, server, stripPrefix, gate, maxBody }: SiteRoute): void {
  if (!PATH.test(path)) {
    throw new Error(
      `path '${path}' of the site '${host}' is not valid: use segments of letters, digits, '.', '_' and '-' without a ` +
        "slash at the end, such as /livekit/jwt, or '/'",
    );
  }
  if (
    stripPrefix !== undefined &&
    (stripPrefix === '/' || !PATH.test(stripPrefix) || !`${path}/`.startsWith(`${stripPrefix}/`))
  ) {
    throw new Error(
      `stripPrefix '${stripPrefix}' of the site '${host}' is not a beginning of its path '${path}': use whole segments of it, or ` +
        'leave it out',
    );
  }
  for (const { host: name, port } of [server, ...(gate ? [gate.server] : [])]) {
    if (!SERVICE.test(name) || !isPort(port)) {
      throw new Error(
        `the path '${path}' of the site '${host}' has the server '${name}:${port}': use the name of a Service in the ` +
          "system's namespace and a port from 1 to 65535",
      );
    }
  }
  if (gate && !PATH.test(gate.path)) {
    throw new Error(
      `the gate of the path '${path}' of the site '${host}' has the path '${gate.path}': use one such as /admission`,
    );
  }
  if (maxBody && maxBody.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) > LARGEST) {
    throw new Error(
      `maxBody of '${host}${path}' must be at most 1 GiB, got ${maxBody.asString()}: leave it out for 64 KiB`,
    );
  }
}
