import { Entry, Federation, ImageSource, type IPeer, type MatrixEdgeProps, Peer } from '../../lib';
import { CONFIG_HASH, configHash } from '../../lib/kubernetes/metadata/config-hash';
import { resources } from '../../lib/kubernetes/workloads/resources';
import { type EdgeSurroundings, edgeWith } from '../support/edge';
import type { Manifest } from '../support/manifests';
import { configMapIn, emptyChart } from '../support/parts';

const configurationOf = (rendered: ReturnType<typeof edgeWith>['rendered'], name = 'matrix-edge') =>
  Object.values(rendered('ConfigMap', name).data).join('');
const portsOf = ({ spec }: Manifest) =>
  spec.ports.map(({ name, port, targetPort }: Manifest) => `${name} ${port} to ${targetPort}`);

it('minimal: has a Service for each kind of client', () => {
  const { edge, rendered } = edgeWith();
  expect([edge.host, edge.clientPort, edge.federationPort]).toEqual(['matrix-synapse', 8008, 8009]);
  expect([edge.adminHost, edge.adminPort]).toEqual(['matrix-synapse-admin', 8008]);
  expect(portsOf(rendered('Service', 'matrix-synapse'))).toEqual([
    'client-api 8008 to client-api',
    'federation 8009 to federation',
  ]);
  expect(portsOf(rendered('Service', 'matrix-synapse-admin'))).toEqual(['client-api 8008 to admin-api']);
  expect(portsOf(rendered('Service', 'matrix-edge'))).toEqual(['edge 80 to edge']);
  for (const name of ['matrix-synapse', 'matrix-synapse-admin', 'matrix-edge']) {
    expect(rendered('Service', name).spec).toMatchObject({ type: 'ClusterIP', selector: { app: 'matrix-edge' } });
  }
});

it('all props: renders them', () => {
  const props: Partial<MatrixEdgeProps> = {
    resources: resources(50, 64, 512),
    replicas: 1,
    nodePort: 30292,
    allowedClients: [Peer.addresses('10.1.2.3/32')],
    allowedAdmins: [Peer.pods({ app: 'userservice' })],
    allowedFederationClients: [Peer.namespace('calls')],
    trustedProxies: ['10.1.2.3/32'],
    proxyHops: 2,
  };
  const images = ImageSource.upstream({
    replacements: { haproxy: 'registry.example.org/haproxy:3.0' },
    pullSecrets: ['credentials'],
  });
  const { edge, rendered } = edgeWith(props, { system: { namePrefix: 'second-', images } });
  edge.allowMetricsFrom(Peer.namespace('monitoring'));
  const deployment = rendered('Deployment', 'second-matrix-edge');
  expect(deployment.spec.replicas).toBe(1);
  const configuration = configurationOf(rendered, 'second-matrix-edge');
  expect(configuration).toContain("setenv TRUSTED_PROXIES '10.1.2.3/32'");
  expect(configuration).toContain("setenv PROXY_HOPS '2'");
  const { containers, imagePullSecrets } = deployment.spec.template.spec;
  expect(containers[0].image).toBe('registry.example.org/haproxy:3.0');
  expect(containers[0].resources).toMatchObject({
    requests: { cpu: '50m', memory: '64Mi' },
    limits: { memory: '512Mi' },
  });
  expect(imagePullSecrets).toEqual([{ name: 'credentials' }]);
  // Pods see the client address, which network policies check.
  expect(rendered('Service', 'second-matrix-synapse').spec).toMatchObject({
    type: 'NodePort',
    externalTrafficPolicy: 'Local',
    ports: [{ name: 'client-api', nodePort: 30292 }, { name: 'federation' }],
  });
  // No node port serves the admin API.
  expect(rendered('Service', 'second-matrix-synapse-admin').spec.type).toBe('ClusterIP');
  const { ingress } = rendered('NetworkPolicy', 'second-matrix-edge').spec;
  const rules = ingress.map(({ from, ports }: Manifest) => [JSON.stringify(from), ports[0].port]);
  expect(rules.map(([, port]: Manifest[]) => port)).toEqual([8008, 8010, 8009, 8404]);
  expect(rules.map(([from]: Manifest[]) => from)).toEqual([
    expect.stringContaining('10.1.2.3/32'),
    expect.stringContaining('userservice'),
    expect.stringContaining('calls'),
    expect.stringContaining('monitoring'),
  ]);
});

it.each<[string, 'allowFrom' | 'allowAdminFrom' | 'allowFederationFrom' | 'allowMetricsFrom', number]>([
  ['client', 'allowFrom', 8008],
  ['administrator', 'allowAdminFrom', 8010],
  ['federation client', 'allowFederationFrom', 8009],
  ['collector', 'allowMetricsFrom', 8404],
])('allows a %s only at its own listener', (_, allow, port) => {
  const { edge, rendered } = edgeWith();
  edge[allow](Peer.pods({ app: 'visitor' }));
  expect(rendered('NetworkPolicy', 'matrix-edge').spec.ingress).toEqual([
    { from: [{ podSelector: { matchLabels: { app: 'visitor' } } }], ports: [{ port, protocol: 'TCP' }] },
  ]);
});

it('is the only client of Synapse and discovery', () => {
  const { rendered } = edgeWith();
  const from = [{ podSelector: { matchLabels: { app: 'matrix-edge' } } }];
  for (const name of ['matrix-synapse', 'matrix-discovery']) {
    for (const rule of rendered('NetworkPolicy', name).spec.ingress) {
      expect(rule.from).toEqual(from);
    }
  }
});

it('configures the proxy for the homeserver and discovery', () => {
  const of = (around: EdgeSurroundings) => configurationOf(edgeWith({}, around).rendered);
  expect(of({})).not.toContain('setenv FEDERATION ');
  expect(of({ synapse: { federation: Federation.OPEN } })).toContain('setenv FEDERATION ');
  expect(of({})).toContain("setenv UPLOAD_BYTES '52428800'");
  expect(of({})).toContain("setenv PUBLIC_BASE_URL 'https://matrix.example.org'");
  expect(of({})).toContain('-matrix-synapse-main}:8008"');
  expect(of({})).toContain('-matrix-discovery}:80"');
  const ports = of({ synapse: { ports: { client: 7001, federation: 7002 } } });
  expect(ports).toContain('-matrix-synapse-main}:7001"');
  expect(ports).toContain('-matrix-synapse-main}:7002"');
  expect(of({ withDiscovery: false })).not.toContain('server discovery ');
});

it('waits until the host names of its backends resolve', () => {
  const { command } = edgeWith().rendered('Deployment', 'matrix-edge').spec.template.spec.containers[0];
  expect(command.slice(2)).toEqual(['matrix-synapse-main', 'matrix-discovery']);
});

it('rolls when its configuration changes', () => {
  const { rendered } = edgeWith();
  const { annotations } = rendered('Deployment', 'matrix-edge').spec.template.metadata;
  expect(annotations[CONFIG_HASH]).toBe(
    configHash([configMapIn(emptyChart(), rendered('ConfigMap', 'matrix-edge').data)]),
  );
});

it('fails when an option is not valid', () => {
  expect(() => edgeWith({ replicas: 0 })).toThrow('replicas of the edge');
});

it('serves further hosts: configuration, entry, and connections from the controller and to their servers', () => {
  const allowed: IPeer[] = [];
  const server = { host: 'livekit', port: 7880, allowFrom: (client: IPeer) => allowed.push(client) };
  const sites = [
    {
      host: 'calls.example.org',
      routes: [
        { path: '/rtc', server },
        { path: '/jwt', server },
      ],
    },
  ];
  const entry = Entry.gateway({ gatewayName: 'public', controller: Peer.namespace('ingress') });
  const { edge, rendered } = edgeWith({ entry, sites });
  expect(configurationOf(rendered)).toContain('use_backend site:calls.example.org:rtc if');
  expect(rendered('HTTPRoute', 'matrix-edge-calls.example.org').spec.rules[0].backendRefs[0].port).toBe(81);
  expect(allowed).toEqual([edge]);
  const { ports } = rendered('NetworkPolicy', 'matrix-edge').spec.ingress[0];
  expect(ports.map(({ port }: Manifest) => port)).toEqual([8080, 8081]);
});
