import { Size } from 'cdk8s';
import type { EdgeSite, ISiteServer, SiteRoute } from '../edge-site';
import type { Backend } from './backends';
import { quoted } from './quoted';

/** The backend of each route of the sites, and of its gate. */
export function siteBackends(sites: EdgeSite[]): Backend[] {
  return sites.flatMap(({ host, routes }) =>
    routes.flatMap((route) => {
      const { server, gate } = route;
      const own = { name: nameOf('site', host, route), servers: serversOf(server), settings: settingsOf(host, route) };
      return gate ? [own, { name: nameOf('gate', host, route), servers: serversOf(gate.server) }] : [own];
    }),
  );
}

// The proxy must start without them: the homeserver's clients do not wait for another part.
const serversOf = ({ host, port }: ISiteServer) => [{ name: 'site', host, port, ofPods: true }];

/** The last lines of the frontend: its routes, of which the first match wins. */
export function renderSiteRoutes(sites: EdgeSite[]): string {
  const all = sites.flatMap(({ host, routes }) => routes.map((route) => ({ host, route })));
  return all
    .sort((one, other) => other.route.path.length - one.route.path.length)
    .map(({ host, route }) => {
      const ofHost = `{ var(txn.host) -m str ${quoted(host)} }`;
      const { path } = route;
      const conditions =
        path === '/'
          ? [ofHost]
          : [`${ofHost} { path ${quoted(path)} }`, `${ofHost} { path_beg ${quoted(`${path}/`)} }`];
      return `  use_backend ${nameOf('site', host, route)} if ${conditions.join(' || ')}\n`;
    })
    .join('');
}

/** Unique, because no path has a colon. */
function nameOf(kind: 'site' | 'gate', host: string, { path }: SiteRoute): string {
  return `${kind}:${host}${path.replaceAll('/', ':')}`;
}

function settingsOf(host: string, route: SiteRoute): string[] {
  const { stripPrefix, webSockets, gate, maxBody = Size.kibibytes(64) } = route;
  return [
    `http-request deny deny_status 413 if { req.hdr_val(Content-Length) gt ${maxBody.toKibibytes() * 1024} }`,
    // A WebSocket begins with GET. LiveKit begins a session before it looks at the method.
    webSockets
      ? 'http-request del-header Upgrade unless { method GET } { req.hdr(Upgrade) -i websocket }'
      : 'http-request del-header Upgrade',
    ...(webSockets ? ['timeout tunnel 1h'] : []),
    // A browser's preflight carries no token.
    ...(gate ? [`http-request lua.gate ${nameOf('gate', host, route)} ${gate.path} unless { method OPTIONS }`] : []),
    ...(stripPrefix
      ? [`http-request replace-path ${quoted(`^${stripPrefix.replaceAll('.', '\\.')}/?(.*)$`)} '/\\1'`]
      : []),
  ];
}
