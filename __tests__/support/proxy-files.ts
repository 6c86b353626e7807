import type { EdgeSite } from '../../lib';
import { type ProxyFilesProps, proxyFiles } from '../../lib/edge/proxy/proxy-files';
import { siteBackends } from '../../lib/edge/proxy/site-backends';
import { systemBackends } from '../../lib/edge/proxy/system-backends';

const server = { host: 'localhost', port: 7880, allowFrom: () => undefined };
const gate = { server: { ...server, port: 3010 }, path: '/admission' };

/** Hosts of other parts. */
export const SITES: EdgeSite[] = [
  {
    host: 'calls.example.org',
    routes: [
      { path: '/livekit', server },
      { path: '/livekit/sfu/rtc', server, stripPrefix: '/livekit/sfu', webSockets: true, gate },
    ],
  },
  { host: 'chat.example.org', routes: [{ path: '/', server }] },
];

/** What the proxy of these tests is told; its hosts have addresses in every pod. */
export const PROXY: ProxyFilesProps = {
  synapse: {
    host: 'localhost',
    clientPort: 7008,
    federationPort: 7009,
    federates: true,
    workerBackends: [],
    maxUploadBytes: 52428800,
    publicMedia: true,
    asksIdentityServers: true,
  },
  serverName: 'Example.org',
  publicBaseUrl: 'https://matrix.example.org:8443',
  discovery: { host: 'localhost', port: 80 },
  trustedProxies: ['10.1.2.3/32', '2001:db8::/64'],
  proxyHops: 2,
  sites: SITES,
};

/** One of these, and what its name says of it. */
export interface Combination {
  readonly name: string;
  readonly files: { [name: string]: string };
}

/** The proxy's files for each way in which they differ. */
export function combinations(): Combination[] {
  const either = [true, false];
  return either.flatMap((federates) =>
    either.flatMap((answers) =>
      ['https', 'http'].flatMap((scheme) =>
        either.map((trusts) => {
          const props = {
            synapse: { ...PROXY.synapse, federates, publicMedia: trusts, asksIdentityServers: federates },
            serverName: PROXY.serverName,
            publicBaseUrl: `${scheme}://matrix.example.org`,
            discovery: answers ? PROXY.discovery : undefined,
            trustedProxies: trusts ? PROXY.trustedProxies : [],
            proxyHops: trusts ? 2 : 1,
            sites: answers ? SITES : [],
          };
          const parts = [federates && 'federation', answers && 'discovery', scheme, trusts && 'proxies'];
          return {
            name: parts.filter(Boolean).join('-'),
            files: proxyFiles(props, [...systemBackends(props), ...siteBackends(props.sites)]),
          };
        }),
      ),
    ),
  );
}
