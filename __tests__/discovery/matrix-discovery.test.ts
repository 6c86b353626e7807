import { Chart, Duration, Testing } from 'cdk8s';
import { MatrixDiscovery, type MatrixDiscoveryProps } from '../../lib/discovery/matrix-discovery';
import { SupportRole } from '../../lib/discovery/site';
import { CONFIG_HASH } from '../../lib/kubernetes/metadata/config-hash';
import { Peer } from '../../lib/kubernetes/network/peer';
import { resources } from '../../lib/kubernetes/workloads/resources';
import { withFileNames } from '../support/file-names';

const SITE = { serverName: 'example.org', publicBaseUrl: 'https://matrix.example.org' };

function discovery(props: Partial<MatrixDiscoveryProps> = {}) {
  const chart = new Chart(Testing.app(), 'chart', { namespace: 'caritas' });
  const part = new MatrixDiscovery(chart, 'Discovery', { sites: [SITE], ...props });
  const manifests = () => Testing.synth(chart);
  const find = (kind: string, name: string) =>
    manifests().find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  return { part, manifests, find };
}

test('minimal: renders all objects', () => {
  expect(discovery().manifests().map(withFileNames)).toMatchSnapshot();
});

test('all props', () => {
  const { manifests } = discovery({
    sites: [
      {
        ...SITE,
        federationHost: 'federation.example.org:8449',
        extraClientContent: { 'org.matrix.msc4143.rtc_foci': [{ type: 'livekit' }] },
        supportContacts: [
          { role: SupportRole.SECURITY, emailAddress: 'security@example.org' },
          { role: SupportRole.of('m.role.dpo'), matrixId: '@privacy:example.org' },
        ],
        supportPage: 'https://example.org/help',
      },
      { serverName: 'other.example:8448', publicBaseUrl: 'http://matrix.other.example:8008/' },
    ],
    maxAge: Duration.minutes(5),
    replicas: 3,
    clients: [Peer.pods({ app: 'edge' })],
    images: { nginx: 'registry.example.org/nginx:1.29' },
    resources: resources(20, 32, 128),
    namePrefix: 'second-',
  });
  expect(manifests().map(withFileNames)).toMatchSnapshot();
});

test('names and selectors are those of the running installation', () => {
  const { part, manifests, find } = discovery();
  expect(manifests().map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'ConfigMap matrix-discovery-config',
    'ConfigMap matrix-discovery-data',
    'Deployment matrix-discovery',
    'Service matrix-discovery',
    'PodDisruptionBudget matrix-discovery',
    'NetworkPolicy matrix-discovery',
  ]);
  const { selector, template } = find('Deployment', 'matrix-discovery').spec;
  expect(selector).toEqual({ matchLabels: { app: 'matrix-discovery' } });
  expect(template.metadata.labels.app).toBe('matrix-discovery');
  expect(template.spec.containers[0].name).toBe('discovery');
  expect(template.spec.containers[0].ports).toEqual([{ name: 'http-discovery', containerPort: 8090 }]);
  expect(template.spec.hostNetwork).toBeUndefined();
  expect(Object.keys(find('ConfigMap', 'matrix-discovery-config').data)).toEqual(['default.conf']);
  expect([part.host, part.port]).toEqual(['matrix-discovery', 80]);
});

test('pods roll when a document changes, and only then', () => {
  const hash = (props: Partial<MatrixDiscoveryProps>) =>
    discovery(props).find('Deployment', 'matrix-discovery').spec.template.metadata.annotations[CONFIG_HASH];
  expect(hash({})).toBe(hash({ replicas: 5 }));
  expect(hash({})).not.toBe(hash({ sites: [{ ...SITE, publicBaseUrl: 'https://elsewhere.example.org' }] }));
  expect(hash({})).not.toBe(hash({ maxAge: Duration.minutes(1) }));
});

test('a single pod has no disruption budget: a node could never be drained', () => {
  const { manifests } = discovery({ replicas: 1 });
  expect(manifests().some(({ kind }) => kind === 'PodDisruptionBudget')).toBe(false);
});

test('default.conf does not depend on the sites', () => {
  const config = (props: Partial<MatrixDiscoveryProps>) =>
    discovery(props).find('ConfigMap', 'matrix-discovery-config');
  expect(config({ sites: [{ ...SITE, serverName: 'other.example' }], maxAge: Duration.days(1) })).toEqual(config({}));
});

test('default.conf and the pod agree on port and folders', () => {
  const { find } = discovery();
  const config = find('ConfigMap', 'matrix-discovery-config').data['default.conf'];
  const [container] = find('Deployment', 'matrix-discovery').spec.template.spec.containers;
  expect(config).toContain(`listen ${container.ports[0].containerPort} default_server;`);
  expect(config).toContain(`location = ${container.readinessProbe.httpGet.path} {`);
  const read = config.match(/\/etc\/matrix-discovery\/\w+/g) as string[];
  const mounted = container.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath);
  expect(mounted).toEqual(expect.arrayContaining(read));
});

test('a pod that leaves serves on until the nodes know', () => {
  const [container] = discovery().find('Deployment', 'matrix-discovery').spec.template.spec.containers;
  expect(container.lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '5'] } } });
});

test('everyone may connect, and the pods to nobody', () => {
  expect(discovery().find('NetworkPolicy', 'matrix-discovery').spec).toEqual({
    podSelector: { matchLabels: { app: 'matrix-discovery' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ ports: [{ port: 8090, protocol: 'TCP' }] }],
  });
});

test('only the named clients may connect when there are some', () => {
  const { part, find } = discovery({ clients: [] });
  expect(find('NetworkPolicy', 'matrix-discovery').spec.ingress).toBeUndefined();
  part.allowFrom(Peer.pods({ app: 'edge' }));
  expect(find('NetworkPolicy', 'matrix-discovery').spec.ingress).toEqual([
    { from: [{ podSelector: { matchLabels: { app: 'edge' } } }], ports: [{ port: 8090, protocol: 'TCP' }] },
  ]);
});

test.each([0, -1, 1.5, Number.NaN])('fails when replicas is %p', (replicas) => {
  expect(() => discovery({ replicas })).toThrow(`replicas must be a whole number from 1, got ${replicas}`);
});

test('fails when the image can change by itself', () => {
  expect(() => discovery({ images: { nginx: 'nginx:latest' } })).toThrow("image 'nginx:latest' has the tag latest");
});

test('fails when the prefix makes no name', () => {
  expect(() => discovery({ namePrefix: 'Second_' })).toThrow("namePrefix 'Second_'");
});
