import { Size } from 'cdk8s';
import { Entry, Peer, type SiteRoute } from '../../lib';
import { checkSites } from '../../lib/edge/site-checks';
import { SITES } from '../support/proxy-files';

const HOSTS = {
  publicBaseUrl: 'https://matrix.example.org',
  federationHost: 'federation.example.org:443',
  serverName: 'example.org:8448',
  mediaHosts: ['api.example.org'],
};
const entry = Entry.gateway({ gatewayName: 'public', controller: Peer.namespace('edge') });
const [{ routes }] = SITES;
const check = (host: string, some: Partial<SiteRoute>[] = routes) =>
  checkSites([{ host, routes: some.map((one) => ({ ...routes[0], ...one })) }], HOSTS, entry);

it('takes sites with hosts of their own', () => {
  expect(() => checkSites(SITES, HOSTS, entry)).not.toThrow();
  expect(() => checkSites([], HOSTS, Entry.none())).not.toThrow();
});

it.each(['matrix.example.org', 'federation.example.org', 'example.org', 'api.example.org'])(
  'fails when the host is the one of the homeserver: %s',
  (host) => {
    expect(() => check(host)).toThrow(`sites has host '${host}', which is a host of the homeserver: use another one`);
  },
);

it('fails when no request could reach a site', () => {
  expect(() => checkSites(SITES, HOSTS, Entry.none())).toThrow(
    "sites has 'calls.example.org', but entry is Entry.none()",
  );
});

it('fails when a host is not valid, or has no routes', () => {
  expect(() => check('Calls')).toThrow("host 'Calls' of sites is not a full host name");
  expect(() => check('calls.example.org', [])).toThrow("the site 'calls.example.org' has no routes");
});

it('fails when a path is there twice', () => {
  expect(() => check('calls.example.org', [{}, {}])).toThrow("the path '/livekit' of 'calls.example.org' twice");
});

it.each(['', 'livekit', '/livekit/', '//x', '/a b', '/..', '/.hidden', "/'"])(
  'fails when a path is not valid: %j',
  (path) => {
    expect(() => check('calls.example.org', [{ path }])).toThrow(
      `path '${path}' of the site 'calls.example.org' is not valid`,
    );
  },
);

it.each(['/', '/live', '/livekit/jwt'])('fails when stripPrefix is not a beginning of the path: %s', (stripPrefix) => {
  expect(() => check('calls.example.org', [{ stripPrefix }])).toThrow(`stripPrefix '${stripPrefix}'`);
});

it.each([
  ['livekit.calls', 7880],
  ['livekit', 0],
])('fails when a server is not a Service: %s:%d', (host, port) => {
  const server = { host, port, allowFrom: () => undefined };
  expect(() => check('calls.example.org', [{ server }])).toThrow(`has the server '${host}:${port}'`);
});

it('fails when a gate is not valid', () => {
  const { gate } = routes[1];
  if (!gate) throw new Error('the site of the test has lost its gate');
  const server = { ...gate.server, host: 'tokens.calls' };
  expect(() => check('calls.example.org', [{ gate: { ...gate, server } }])).toThrow("the server 'tokens.calls:3010'");
  expect(() => check('calls.example.org', [{ gate: { ...gate, path: 'admission' } }])).toThrow(
    "the gate of the path '/livekit' of the site 'calls.example.org' has the path 'admission': use one such as /admission",
  );
});

it('fails when maxBody is too large', () => {
  expect(() => check('calls.example.org', [{ maxBody: Size.gibibytes(2) }])).toThrow('must be at most 1 GiB, got 2Gi');
});
