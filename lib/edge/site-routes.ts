import { SITES_SERVICE_PORT } from './edge-services';
import type { EdgeSite, ISiteServer } from './edge-site';
import type { HostRoute } from './entry/host-routes';

/** The paths of the sites, for an Ingress or a Gateway; sites of the same host share one route. */
export function siteRoutes(sites: EdgeSite[]): HostRoute[] {
  const hosts = [...new Set(sites.map(({ host }) => host))];
  return hosts.map((host) => ({
    host,
    paths: sites.filter((site) => site.host === host).flatMap(({ routes }) => routes.map(({ path }) => path)),
    servicePort: SITES_SERVICE_PORT,
  }));
}

/** The servers that the edge connects to for the sites, each once. */
export function siteServers(sites: EdgeSite[]): ISiteServer[] {
  const routes = sites.flatMap((site) => site.routes);
  return [...new Set(routes.flatMap(({ server, gate }) => (gate ? [server, gate.server] : [server])))];
}
