import { Federation, Peer } from '../../lib';
import { CONFIG_HASH, configHash } from '../../lib/kubernetes/metadata/config-hash';
import { resources } from '../../lib/kubernetes/workloads/resources';
import { edgeWith } from '../support/edge';
import type { Manifest } from '../support/manifests';

const configurationOf = (rendered: ReturnType<typeof edgeWith>['rendered'], name = 'matrix-edge') =>
  Object.values(rendered('ConfigMap', name).data).join('');
const portsOf = ({ spec }: Manifest) =>
  spec.ports.map(({ name, port, targetPort }: Manifest) => `${name} ${port} to ${targetPort}`);

it('minimal: a Service for each kind of visitor', () => {
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

it('all props', () => {
  const { edge, rendered } = edgeWith({
    namePrefix: 'second-',
    images: { haproxy: 'registry.example.org/haproxy:3.0' },
    resources: resources(50, 64, 512),
    edgeReplicas: 1,
    nodePort: 30292,
    clients: [Peer.addresses('10.1.2.3/32')],
    admins: [Peer.pods({ app: 'userservice' })],
    federationClients: [Peer.namespace('calls')],
    trustedProxies: ['10.1.2.3/32'],
    proxyHops: 2,
    imagePullSecrets: ['credentials'],
  });
  edge.allowMetricsFrom(Peer.namespace('monitoring'));
  const deployment = rendered('Deployment', 'second-matrix-edge');
  expect(deployment.spec.replicas).toBe(1);
  const configuration = configurationOf(rendered, 'second-matrix-edge');
  expect(configuration).toContain("setenv TRUSTED_PROXIES '10.1.2.3/32'");
  expect(configuration).toContain("setenv PROXY_HOPS '2'");
  expect(deployment.spec.template.spec.containers[0].image).toBe('registry.example.org/haproxy:3.0');
  // Pods see who comes, which policies go by.
  expect(rendered('Service', 'second-matrix-synapse').spec).toMatchObject({
    type: 'NodePort',
    externalTrafficPolicy: 'Local',
    ports: [{ name: 'client-api', nodePort: 30292 }, { name: 'federation' }],
  });
  // The admin API is on no node.
  expect(rendered('Service', 'second-matrix-synapse-admin').spec.type).toBe('ClusterIP');
  const { ingress } = rendered('NetworkPolicy', 'second-matrix-edge').spec;
  const doors = ingress.map(({ from, ports }: Manifest) => [JSON.stringify(from), ports[0].port]);
  expect(doors.map(([, port]: Manifest[]) => port)).toEqual([8008, 8010, 8009, 8404]);
  expect(doors[1][0]).toContain('userservice');
});

it('Synapse and discovery are reached by it alone', () => {
  const { rendered } = edgeWith();
  const from = [{ podSelector: { matchLabels: { app: 'matrix-edge' } } }];
  for (const name of ['matrix-synapse', 'matrix-discovery']) {
    for (const rule of rendered('NetworkPolicy', name).spec.ingress) {
      expect(rule.from).toEqual(from);
    }
  }
});

it('tells the proxy what Synapse is', () => {
  const of = (...args: Parameters<typeof edgeWith>) => configurationOf(edgeWith(...args).rendered);
  expect(of()).not.toContain('setenv FEDERATION ');
  expect(of({}, { federation: Federation.OPEN })).toContain('setenv FEDERATION ');
  expect(of()).toContain("setenv UPLOAD_BYTES '52428800'");
  expect(of()).toContain("server main 'matrix-synapse-main:8008'");
  expect(of()).toContain("server discovery 'matrix-discovery:80'");
  expect(of({}, { ports: { client: 7001 } })).toContain("server main 'matrix-synapse-main:7001'");
  expect(of({}, {}, false)).not.toContain('server discovery ');
});

it('the proxy waits for the names that it leads to', () => {
  const { command } = edgeWith().rendered('Deployment', 'matrix-edge').spec.template.spec.containers[0];
  expect(command.slice(2)).toEqual(['matrix-synapse-main', 'matrix-discovery']);
});

it('a change of its configuration rolls it', () => {
  const { rendered } = edgeWith();
  const { annotations } = rendered('Deployment', 'matrix-edge').spec.template.metadata;
  expect(annotations[CONFIG_HASH]).toBe(configHash(rendered('ConfigMap', 'matrix-edge').data));
});

it('fails when an option cannot be', () => {
  expect(() => edgeWith({ edgeReplicas: 0 })).toThrow('edgeReplicas');
});
