import { quoted } from './quoted';

/** Frontends whose requests can be routed by path and method. */
export type Frontend = 'public' | 'admin' | 'federation';

/** Requests that go to a backend instead of the frontend's default one. */
export interface Route {
  /** Frontends that the requests arrive at. */
  readonly from: Frontend[];
  /** Regular expressions, one of which must match the path without its query. */
  readonly paths: string[];
  /** HTTP methods of the requests. @default - all */
  readonly methods?: string[];
  /** Further condition in HAProxy's words. @default - none */
  readonly when?: string;
}

/** A process that answers requests. */
export interface Server {
  /** The server's name in the log and in metrics. */
  readonly name: string;
  /** Name of the server's Service or pod. */
  readonly host: string;
  readonly port: number;
  /** Whether the name may have no address, or several, one for each pod. @default false */
  readonly ofPods?: boolean;
  /** Largest number of pods with that name. @default 1 */
  readonly slots?: number;
  /** Backend that checks its health, where it gets requests only while no other server is there. @default - never */
  readonly reserveCheckedBy?: string;
}

/** Servers that answer the same requests. */
export interface Backend {
  /** The backend's name in the log and in metrics. */
  readonly name: string;
  readonly servers: Server[];
  /**
   * Further lines of the section, such as `option httpchk GET /health` or `balance hdr(Authorization)`.
   *
   * @default - none
   */
  readonly settings?: string[];
  /** Concurrent requests to each server; others wait in a queue. @default - no limit */
  readonly maxConnections?: number;
  /**
   * Backend that checks the health of the servers of the same names; this backend's own name to check them here.
   *
   * @default - no check
   */
  readonly checkedBy?: string;
  /** Requests that this backend gets. @default - none: it is the default backend of a frontend */
  readonly routes?: Route[];
}

/** Renders the sections of all backends. */
export function renderBackends(backends: Backend[]): string {
  return ['# The servers behind the frontends.\n', ...backends.map(renderBackend)].join('\n');
}

/** Renders the last lines of a frontend: its routes, of which the first match wins. */
export function renderRoutes(frontend: Frontend, backends: Backend[]): string {
  return backends
    .flatMap(({ name, routes = [] }) =>
      routes.filter(({ from }) => from.includes(frontend)).flatMap((route) => renderRoute(name, route)),
    )
    .join('');
}

/** Host names that must resolve before the proxy starts, and their full names be found. */
export function hostsOf(backends: Backend[]): string[] {
  const servers = backends.flatMap((backend) => backend.servers);
  return [...new Set(servers.filter(({ ofPods }) => !ofPods).map(({ host }) => host))];
}

function renderRoute(backend: string, { methods, paths, when }: Route): string[] {
  const conditions = [...(methods ? [`{ method ${methods.join(' ')} }`] : []), ...(when ? [`{ ${when} }`] : [])];
  return paths.map(
    (path) => `  use_backend ${backend} if ${[...conditions, `{ path_reg ${quoted(path)} }`].join(' ')}\n`,
  );
}

function renderBackend(backend: Backend): string {
  const { name, servers, settings = [] } = backend;
  // HAProxy says on stderr that a server goes or comes; its log, which is JSON, would have it again as text.
  const lines = ['no log', ...settings, ...servers.map((server) => renderServer(server, backend))];
  return [`backend ${name} from answers`, ...lines.map((line) => `  ${line}`), ''].join('\n');
}

function renderServer(server: Server, { name: backend, checkedBy, maxConnections }: Backend): string {
  const { name, slots, reserveCheckedBy } = server;
  const check = () =>
    `check inter 500ms fastinter 250ms downinter 250ms fall ${slots === undefined ? WAITED_FOR : REPLACED} rise 1`;
  const health = () => (checkedBy === backend ? check() : `track ${checkedBy}/${name}`);
  return [
    slots === undefined ? `server ${name}` : `server-template ${name} 1-${slots}`,
    address(server),
    ...(reserveCheckedBy ? [`track ${reserveCheckedBy}/${name} backup`] : []),
    ...(checkedBy && !reserveCheckedBy ? [health()] : []),
    ...(maxConnections ? [`maxconn ${maxConnections}`] : []),
    ...(slots === undefined ? [] : [SLOW_START]),
  ].join(' ');
}

/**
 * Failed checks until a server is down: twenty seconds or more, because requests are held meanwhile (20-answers.cfg).
 *
 * One that is ready again is found within half a second, even when the first packet to it is lost.
 */
const WAITED_FOR = 80;
/** The same where other pods or the main process answer instead. */
const REPLACED = 2;

/** A new pod has nothing in its caches: it gets its share of people little by little. */
const SLOW_START = 'slowstart 10s';

/** The address by the full name that start-proxy.sh finds. */
function address({ host, port, ofPods }: Server): string {
  // Quoted, `$` and `"` would still be expanded.
  if (!/^[\w.:[\]-]+$/.test(host)) {
    throw new Error(`'${host}' is not a valid host of a server: use a host name or an address`);
  }
  return ofPods
    ? `"${host}\${POD_DOMAIN-}:${port}"`
    : `"\${HOST_${host.replace(/[^a-zA-Z0-9]/g, '_')}-${host}}:${port}"`;
}
