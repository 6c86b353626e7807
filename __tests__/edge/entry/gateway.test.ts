import { EdgeTls, Entry, Federation, type GatewayEntryProps, Peer } from '../../../lib';
import { edgeWith } from '../../support/edge';

const controller = Peer.namespace('gateways');
const withGateway = (props: Partial<GatewayEntryProps>) => edgeWith({ entry: Entry.gateway({ controller, ...props }) });

it('has a route for each host of an existing Gateway', () => {
  const { manifests, rendered } = withGateway({ gatewayName: 'public', gatewayNamespace: 'gateways' });
  expect(manifests().filter(({ kind }) => kind === 'Gateway')).toEqual([]);
  expect(rendered('HTTPRoute', 'matrix-edge-matrix.example.org').spec).toEqual({
    parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public', namespace: 'gateways' }],
    hostnames: ['matrix.example.org'],
    rules: [
      {
        matches: ['/_matrix', '/_synapse/client', '/.well-known/matrix'].map((value) => ({
          path: { type: 'PathPrefix', value },
        })),
        backendRefs: [{ group: '', kind: 'Service', name: 'matrix-edge', port: 80, weight: 1 }],
      },
    ],
  });
  expect(rendered('HTTPRoute', 'matrix-edge-example.org').spec.hostnames).toEqual(['example.org']);
});

it('renders a new Gateway of a class', () => {
  const tls = EdgeTls.certManager('letsencrypt');
  const { rendered } = withGateway({ className: 'traefik', tls, httpPort: 8000, httpsPort: 8443 });
  const { metadata, spec } = rendered('Gateway', 'matrix-edge');
  expect(metadata.annotations).toEqual({ 'cert-manager.io/cluster-issuer': 'letsencrypt' });
  const allowedRoutes = { namespaces: { from: 'Same' } };
  const listener = (host: string) => ({
    name: host,
    hostname: host,
    port: 8443,
    protocol: 'HTTPS',
    tls: {
      mode: 'Terminate',
      certificateRefs: [{ group: '', kind: 'Secret', name: `${host.replaceAll('.', '-')}-tls` }],
    },
    allowedRoutes,
  });
  expect(spec).toEqual({
    gatewayClassName: 'traefik',
    listeners: [
      { name: 'http', port: 8000, protocol: 'HTTP', allowedRoutes },
      listener('matrix.example.org'),
      listener('example.org'),
    ],
  });
  expect(rendered('HTTPRoute', 'matrix-edge-example.org').spec.parentRefs).toEqual([
    { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'matrix-edge' },
  ]);
});

it.each([
  ['example.org:8448', {}, [['federation', 'example.org', 8448]]],
  ['federation.example.org:8448', {}, [['federation', 'federation.example.org', 8448]]],
  ['example.org:8443', { httpsPort: 8443 }, []],
  ['example.org:443', { httpsPort: 8443 }, []],
])('listens at the port of federationHost %s with %j', (federationHost, props, expected) => {
  const entry = Entry.gateway({ controller, className: 'envoy', tls: EdgeTls.secret('tls'), ...props });
  const listeners = (federation: Federation) =>
    edgeWith({ entry }, { system: { federationHost }, synapse: { federation } })
      .rendered('Gateway', 'matrix-edge')
      .spec.listeners.filter(({ name }: { name: string }) => name === 'federation')
      .map(({ name, hostname, port }: { name: string; hostname: string; port: number }) => [name, hostname, port]);
  expect(listeners(Federation.OPEN)).toEqual(expected);
  expect(listeners(Federation.CLOSED)).toEqual([]);
});

it.each([
  [{}, 'set gatewayName for an existing Gateway, or className'],
  [{ gatewayName: 'public', className: 'traefik' }, "gatewayName 'public' and className 'traefik'"],
  [
    { className: 'traefik', tls: EdgeTls.secret('tls'), httpPort: 65536 },
    /^\[chart\/Edge\] httpPort of .* 1 to 65535.* got 65536$/,
  ],
  [
    { className: 'traefik', tls: EdgeTls.secret('tls'), httpsPort: 0 },
    /^\[chart\/Edge\] httpsPort of .* 1 to 65535.* got 0$/,
  ],
  [{ gatewayName: 'public', tls: EdgeTls.secret('tls') }, "Gateway 'public' has its own"],
  [{ gatewayName: 'public', httpsPort: 8443 }, "Gateway 'public' has its own"],
  [{ className: 'traefik', gatewayNamespace: 'other' }, "gatewayNamespace 'other'"],
  [{ className: 'traefik' }, /className 'traefik' .*EdgeTls.secret/],
  [{ className: 'traefik', tls: EdgeTls.ofController() }, /className 'traefik' .*EdgeTls.secret/],
])('fails when props contradict each other or are not valid: %#', (props, message) => {
  expect(() => withGateway(props)).toThrow(message);
});
