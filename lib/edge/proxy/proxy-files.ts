import { fileBeside } from '../../kubernetes/files';
import type { EdgeSite } from '../edge-site';
import { type Backend, renderBackends, renderRoutes } from './backends';
import { PROXY_PORTS } from './proxy-ports';
import { quoted } from './quoted';
import { renderSiteRoutes } from './site-backends';
import type { ProxiedParts } from './system-backends';

/** Facts that the proxy's configuration follows from. */
export interface ProxyFilesProps extends ProxiedParts {
  readonly synapse: ProxiedParts['synapse'] & {
    /** Size limit of an upload, in bytes. */
    readonly maxUploadBytes: number;
    /** Whether anyone may download media, without a token. */
    readonly publicMedia: boolean;
    /** Whether users may make Synapse ask an identity server. */
    readonly asksIdentityServers: boolean;
  };
  /** Server name in user IDs. */
  readonly serverName: string;
  /** Base URL of the client API: `https://matrix.example.org`. */
  readonly publicBaseUrl: string;
  /** Address ranges whose X-Forwarded-For is trusted at the client port. */
  readonly trustedProxies: string[];
  /** Position of the trusted X-Forwarded-For entry, counted from the end. */
  readonly proxyHops: number;
  /** Further hosts. @default - none */
  readonly sites?: EdgeSite[];
}

const MATRIX_CHECKS = ['requests', 'logins', 'bodies', 'json', 'lookups', 'media'].map((name) => `checks/${name}`);

/** The proxy's folder; haproxy reads its `.cfg` files in the order of their names. */
export function proxyFiles(props: ProxyFilesProps, backends: Backend[]): { [name: string]: string } {
  const { sites = [] } = props;
  const text = (name: string) => fileBeside(__dirname, `haproxy/${name}.cfg`);
  // A section cannot span files.
  const joined = (...names: string[]) => names.map(text).join('');
  return {
    '00-settings.cfg': renderSettings(props),
    '10-global.cfg': text('10-global'),
    '15-names.cfg': text('15-names'),
    '20-answers.cfg': text('20-answers'),
    '30-checks.cfg': joined('30-checks', ...MATRIX_CHECKS),
    '40-public.cfg': joined('40-public', 'public/logins', 'public/paths') + renderRoutes('public', backends),
    '50-admin.cfg': text('50-admin') + renderRoutes('admin', backends),
    '60-federation.cfg': text('60-federation') + renderRoutes('federation', backends),
    ...(sites.length > 0
      ? {
          '65-sites.cfg': joined('65-sites', 'checks/requests', 'checks/sites') + renderSiteRoutes(sites),
          'gate.lua': fileBeside(__dirname, 'haproxy/gate.lua'),
        }
      : {}),
    '70-state.cfg': text('70-state'),
    '80-backends.cfg': renderBackends(backends),
    '90-limits.cfg': text('90-limits'),
    'start-proxy.sh': fileBeside(__dirname, 'start-proxy.sh'),
  };
}

function renderSettings(props: ProxyFilesProps): string {
  const { synapse, serverName, discovery, publicBaseUrl, trustedProxies, proxyHops, sites = [] } = props;
  const { protocol, hostname } = new URL(publicBaseUrl);
  const settings = {
    ...Object.fromEntries(
      Object.entries(PROXY_PORTS).map(([name, { number }]) => [`${name.toUpperCase()}_PORT`, number]),
    ),
    SCHEME: protocol.replace(':', ''),
    PUBLIC_BASE_URL: publicBaseUrl,
    PUBLIC_HOST: hostname,
    SERVER_NAME: serverName.toLowerCase(),
    PROXY_HOPS: proxyHops,
    UPLOAD_BYTES: synapse.maxUploadBytes,
    ...(synapse.federates ? { FEDERATION: 'open' } : {}),
    ...(synapse.publicMedia ? { PUBLIC_MEDIA: 'open' } : {}),
    ...(synapse.asksIdentityServers ? { IDENTITY_SERVERS: 'open' } : {}),
    ...(sites.length > 0 ? { SITES: 'open' } : {}),
    ...(discovery ? { DISCOVERY: 'open' } : {}),
    ...(trustedProxies.length > 0 ? { TRUSTED_PROXIES: trustedProxies.join(' ') } : {}),
  };
  const lines = Object.entries(settings).map(([name, value]) => `  setenv ${name} ${quoted(value)}\n`);
  return `# Facts of this system, for the files that follow.\n\nglobal\n${lines.join('')}`;
}
