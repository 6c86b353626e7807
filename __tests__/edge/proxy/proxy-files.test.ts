import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { proxyFiles } from '../../../lib/edge/proxy/proxy-files';
import { systemBackends } from '../../../lib/edge/proxy/system-backends';
import { combinations, PROXY } from '../../support/proxy-files';

const filesOf = (props = PROXY) => proxyFiles(props, systemBackends(props));
const settings = (props = PROXY) =>
  Object.fromEntries(
    [...filesOf(props)['00-settings.cfg'].matchAll(/^ {2}setenv (\w+) '(.*)'$/gm)].map(([, ...setting]) => setting),
  );
const MINIMAL = {
  synapse: { ...PROXY.synapse, federates: false, publicMedia: false, asksIdentityServers: false },
  serverName: PROXY.serverName,
  publicBaseUrl: PROXY.publicBaseUrl,
  trustedProxies: [],
  proxyHops: 1,
};

it('minimal: leaves out the settings of absent parts', () => {
  expect(settings(MINIMAL)).toEqual({
    EDGE_PORT: '8080',
    SITES_PORT: '8081',
    CLIENT_PORT: '8008',
    FEDERATION_PORT: '8009',
    ADMIN_PORT: '8010',
    STATE_PORT: '8404',
    SCHEME: 'https',
    PUBLIC_BASE_URL: 'https://matrix.example.org:8443',
    PUBLIC_HOST: 'matrix.example.org',
    SERVER_NAME: 'example.org',
    PROXY_HOPS: '1',
    UPLOAD_BYTES: '52428800',
  });
});

it('all props', () => {
  expect(settings({ ...PROXY, publicBaseUrl: 'http://matrix.example.org' })).toMatchObject({
    FEDERATION: 'open',
    PUBLIC_MEDIA: 'open',
    IDENTITY_SERVERS: 'open',
    SITES: 'open',
    DISCOVERY: 'open',
    SCHEME: 'http',
    PROXY_HOPS: '2',
    TRUSTED_PROXIES: '10.1.2.3/32 2001:db8::/64',
  });
});

it('has every configuration file, and the start script', () => {
  const own = readdirSync(join(__dirname, '../../../lib/edge/proxy/haproxy')).filter((name) => name.endsWith('.cfg'));
  const all = [...own, '00-settings.cfg', '80-backends.cfg', 'gate.lua', 'start-proxy.sh'].sort();
  expect(Object.keys(filesOf()).sort()).toEqual(all);
});

it('adds routes as the last lines of their frontend', () => {
  const files = filesOf();
  const last = (name: string) => files[name].trimEnd().split('\n').at(-1);
  expect(last('40-public.cfg')).toMatch(/^ {2}use_backend large_body if /);
  expect(last('50-admin.cfg')).toMatch(/^ {2}use_backend large_body if /);
  expect(last('65-sites.cfg')).toMatch(/^ {2}use_backend site:chat.example.org: if /);
  expect(last('60-federation.cfg')).toMatch(/^ {2}use_backend federation_large if /);
});

it('ends every file of every combination with a newline, which HAProxy requires', () => {
  const all = combinations().map(({ files }) => files);
  expect(new Set(all.map((files) => JSON.stringify(files))).size).toBe(16);
  expect(all.flatMap(Object.values).every((text) => text.endsWith('\n'))).toBe(true);
});
