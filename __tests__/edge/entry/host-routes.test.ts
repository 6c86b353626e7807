import { hostRoutes } from '../../../lib/edge/entry/host-routes';

const publicBaseUrl = 'https://matrix.example.org';

it('one host for everything', () => {
  expect(hostRoutes({ publicBaseUrl: 'https://example.org', serverNames: ['example.org'] }, true)).toEqual([
    { host: 'example.org', paths: ['/_matrix', '/_synapse/client', '/.well-known/matrix'] },
  ]);
});

it('a host for each purpose, none with more than its own', () => {
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

it('no host for other servers where there are none', () => {
  const routes = hostRoutes({ publicBaseUrl, federationHost: 'federation.example.org:443' }, false);
  expect(routes).toEqual([{ host: 'matrix.example.org', paths: ['/_matrix', '/_synapse/client'] }]);
});

it('says nothing twice where hosts coincide', () => {
  const hosts = { publicBaseUrl, federationHost: 'matrix.example.org:443', mediaHosts: ['matrix.example.org'] };
  expect(hostRoutes(hosts, true)).toEqual([{ host: 'matrix.example.org', paths: ['/_matrix', '/_synapse/client'] }]);
});

it('leaves the port of the public address to whoever listens there', () => {
  expect(hostRoutes({ publicBaseUrl: `${publicBaseUrl}:8443` }, true)[0].host).toBe('matrix.example.org');
});

it.each([
  [{ publicBaseUrl: 'https://10.1.2.3' }, "host '10.1.2.3' of publicBaseUrl is no host name"],
  [{ publicBaseUrl, serverNames: ['10.1.2.3'] }, "host '10.1.2.3' of serverName"],
  [{ publicBaseUrl, mediaHosts: ['https://api.example.org'] }, "host 'https://api.example.org' of mediaHosts"],
  [{ publicBaseUrl, mediaHosts: ['API.example.org'] }, 'lower case'],
  [{ publicBaseUrl, federationHost: '[::1]:443' }, 'of federationHost'],
])('fails when a host is no name: %j', (hosts, message) => {
  expect(() => hostRoutes(hosts, true)).toThrow(message);
});
