import { hostRoutes } from '../../../lib/edge/entry/host-routes';

const publicBaseUrl = 'https://matrix.example.org';
const federationHost = 'matrix.example.org:443';

it('routes everything at one host when all names are the same', () => {
  expect(
    hostRoutes(
      { publicBaseUrl: 'https://example.org', federationHost: 'example.org:443', serverNames: ['example.org'] },
      true,
    ),
  ).toEqual([{ host: 'example.org', paths: ['/_matrix', '/_synapse/client', '/.well-known/matrix'] }]);
});

it('routes only its own paths at each host', () => {
  const hosts = {
    publicBaseUrl,
    serverNames: ['example.org', 'second.example:8448'],
    federationHost: 'federation.example.org:443',
    mediaHosts: ['api.example.org'],
  };
  expect(hostRoutes(hosts, true)).toEqual([
    { host: 'matrix.example.org', paths: ['/_matrix', '/_synapse/client', '/.well-known/matrix'] },
    { host: 'example.org', paths: ['/.well-known/matrix'] },
    { host: 'second.example', paths: ['/.well-known/matrix'] },
    { host: 'federation.example.org', paths: ['/_matrix/federation', '/_matrix/key'] },
    { host: 'api.example.org', paths: ['/_matrix/media', '/.well-known/matrix'] },
  ]);
});

it('has the port at which other servers connect to a host, if it is not 443', () => {
  const hosts = { publicBaseUrl, federationHost: 'example.org:8448', serverNames: ['example.org:8448'] };
  expect(hostRoutes(hosts, true)).toEqual([
    expect.not.objectContaining({ federationPort: expect.anything() }),
    {
      host: 'example.org',
      paths: ['/.well-known/matrix', '/_matrix/federation', '/_matrix/key'],
      federationPort: 8448,
    },
  ]);
  expect(hostRoutes(hosts, false)[1]).not.toHaveProperty('federationPort');
});

it('has no host for other servers when federation is closed', () => {
  const routes = hostRoutes({ publicBaseUrl, federationHost: 'federation.example.org:443' }, false);
  expect(routes).toEqual([{ host: 'matrix.example.org', paths: ['/_matrix', '/_synapse/client'] }]);
});

it('has each path once when hosts coincide', () => {
  const hosts = { publicBaseUrl, federationHost, mediaHosts: ['matrix.example.org'] };
  expect(hostRoutes(hosts, true)).toEqual([{ host: 'matrix.example.org', paths: ['/_matrix', '/_synapse/client'] }]);
});

it('leaves out the port of publicBaseUrl', () => {
  expect(hostRoutes({ publicBaseUrl: `${publicBaseUrl}:8443`, federationHost }, true)[0].host).toBe(
    'matrix.example.org',
  );
});

it.each([
  [{ publicBaseUrl: 'https://10.1.2.3' }, "host '10.1.2.3' of publicBaseUrl is not a full host name"],
  [{ publicBaseUrl, serverNames: ['10.1.2.3'] }, "host '10.1.2.3' of serverName"],
  [{ publicBaseUrl, mediaHosts: ['https://api.example.org'] }, "host 'https://api.example.org' of mediaHosts"],
  [{ publicBaseUrl, mediaHosts: ['API.example.org'] }, "host 'API.example.org' of mediaHosts"],
  [{ publicBaseUrl: 'https://localhost' }, "host 'localhost' of publicBaseUrl"],
  [{ publicBaseUrl, federationHost: '[::1]:443' }, 'of federationHost'],
])('fails when a host is not a full host name: %j', (hosts, value) => {
  const make = () => hostRoutes({ federationHost, ...hosts }, true);
  expect(make).toThrow(value);
  expect(make).toThrow('such as matrix.example.org, or Entry.none()');
});
