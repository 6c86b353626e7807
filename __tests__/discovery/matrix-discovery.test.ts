import { Duration, Testing } from 'cdk8s';
import {
  ImageSource,
  MatrixDiscovery,
  type MatrixDiscoveryProps,
  Peer,
  SupportRole,
  type SystemProps,
} from '../../lib';
import { CONFIG_HASH } from '../../lib/kubernetes/metadata/config-hash';
import { resources } from '../../lib/kubernetes/workloads/resources';
import { withFileNames } from '../support/file-names';
import { find as found, keyOf, type Manifest } from '../support/manifests';
import { emptyChart, systemIn } from '../support/parts';

const FURTHER = { serverName: 'other.example:8448', publicBaseUrl: 'http://matrix.other.example:8008/' };

function discovery(props: Partial<MatrixDiscoveryProps> = {}, systemProps: Partial<SystemProps> = {}) {
  const chart = emptyChart();
  const part = new MatrixDiscovery(chart, 'Discovery', { system: systemIn(chart, systemProps), ...props });
  const manifests = (): Manifest[] =>
    Testing.synth(chart).filter(({ metadata }: Manifest) => metadata.labels.app.endsWith('matrix-discovery'));
  return { part, manifests, find: (kind: string, name: string) => found(manifests(), kind, name) };
}

test('minimal: renders all objects', () => {
  expect(discovery().manifests().map(withFileNames)).toMatchSnapshot();
});

test('all props: renders them', () => {
  const { part, manifests } = discovery(
    {
      extraClientContent: { 'org.matrix.msc4143.rtc_foci': [{ type: 'livekit' }] },
      supportContacts: [
        { role: SupportRole.SECURITY, emailAddress: 'security@example.org' },
        { role: SupportRole.of('m.role.dpo'), matrixId: '@privacy:example.org' },
      ],
      supportPage: 'https://example.org/help',
      furtherSites: [FURTHER],
      maxAge: Duration.minutes(5),
      replicas: 3,
      allowedClients: [Peer.pods({ app: 'edge' })],
      resources: resources(20, 32, 128),
    },
    {
      federationHost: 'federation.example.org:8449',
      namePrefix: 'second-',
      images: ImageSource.upstream({ replacements: { nginx: 'registry.example.org/nginx:1.29' } }),
    },
  );
  expect(manifests().map(withFileNames)).toMatchSnapshot();
  expect(part.serverNames).toEqual(['example.org', 'other.example:8448']);
});

test('has the names and selectors of the running installation', () => {
  const { part, manifests, find } = discovery();
  expect(manifests().map(keyOf)).toEqual([
    'ConfigMap matrix-discovery-config',
    'ConfigMap matrix-discovery-data',
    'Deployment matrix-discovery',
    'PodDisruptionBudget matrix-discovery',
    'Service matrix-discovery',
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

test('serves the names and addresses of the system', () => {
  const { data } = discovery({}, { federationHost: 'federation.example.org:8449' }).find(
    'ConfigMap',
    'matrix-discovery-data',
  );
  expect(JSON.parse(data['example.org.client.json'])).toEqual({
    'm.homeserver': { base_url: 'https://matrix.example.org' },
  });
  expect(JSON.parse(data['example.org.server.json'])).toEqual({ 'm.server': 'federation.example.org:8449' });
});

test('restarts its pods when a document changes, and only then', () => {
  const hash = (props: Partial<MatrixDiscoveryProps>, systemProps: Partial<SystemProps> = {}) =>
    discovery(props, systemProps).find('Deployment', 'matrix-discovery').spec.template.metadata.annotations[
      CONFIG_HASH
    ];
  expect(hash({})).toBe(hash({ replicas: 5 }));
  expect(hash({})).not.toBe(hash({}, { publicBaseUrl: 'https://elsewhere.example.org' }));
  expect(hash({})).not.toBe(hash({ maxAge: Duration.minutes(1) }));
});

test('has no PodDisruptionBudget for a single pod, because its node could never be drained', () => {
  const { manifests } = discovery({ replicas: 1 });
  expect(manifests().some(({ kind }) => kind === 'PodDisruptionBudget')).toBe(false);
});

test('has the same default.conf for all sites', () => {
  const config = (props: Partial<MatrixDiscoveryProps>, systemProps: Partial<SystemProps> = {}) =>
    discovery(props, systemProps).find('ConfigMap', 'matrix-discovery-config');
  const other = config({ furtherSites: [FURTHER], maxAge: Duration.days(1) }, { serverName: 'other.org' });
  expect(other).toEqual(config({}));
});

test('has the same port and folders in default.conf and in the pod', () => {
  const { find } = discovery();
  const config = find('ConfigMap', 'matrix-discovery-config').data['default.conf'];
  const [container] = find('Deployment', 'matrix-discovery').spec.template.spec.containers;
  expect(config).toContain(`listen ${container.ports[0].containerPort} default_server;`);
  expect(config).toContain(`location = ${container.readinessProbe.httpGet.path} {`);
  const read = config.match(/\/etc\/matrix-discovery\/\w+/g) as string[];
  const mounted = container.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath);
  expect(mounted).toEqual(expect.arrayContaining(read));
});

test('keeps serving 5 s after termination begins, until every node has dropped the endpoint', () => {
  const [container] = discovery().find('Deployment', 'matrix-discovery').spec.template.spec.containers;
  expect(container.lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '5'] } } });
});

test('lets anyone connect, and connects to nothing, when no client is named', () => {
  expect(discovery().find('NetworkPolicy', 'matrix-discovery').spec).toEqual({
    podSelector: { matchLabels: { app: 'matrix-discovery' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ ports: [{ port: 8090, protocol: 'TCP' }] }],
  });
});

test('lets only allowed clients connect when there is a list', () => {
  const { part, find } = discovery({ allowedClients: [] });
  expect(find('NetworkPolicy', 'matrix-discovery').spec.ingress).toBeUndefined();
  part.allowFrom(Peer.pods({ app: 'edge' }));
  expect(find('NetworkPolicy', 'matrix-discovery').spec.ingress).toEqual([
    { from: [{ podSelector: { matchLabels: { app: 'edge' } } }], ports: [{ port: 8090, protocol: 'TCP' }] },
  ]);
});

test.each([0, -1, 1.5])('fails when replicas is %p', (replicas) => {
  const make = () => discovery({ replicas });
  expect(make).toThrow(`replicas of discovery must be a whole number from 1, got ${replicas}`);
  expect(make).toThrow('leave it out for 2');
});

test.each<[string, Partial<MatrixDiscoveryProps>, Partial<SystemProps>, string, string]>([
  [
    'a further site has the server name of the system',
    { furtherSites: [{ ...FURTHER, serverName: 'example.org:8448' }] },
    {},
    'example.org and example.org:8448',
    'leave one of the two out',
  ],
  [
    'the server name is an address',
    {},
    { serverName: '[::1]', allowIpServerName: true },
    "serverName '[::1]' is an IP address",
    'Discovery.none()',
  ],
  ['the prefix makes no name', {}, { namePrefix: 'Second_' }, "namePrefix 'Second_'", 'use lower-case letters'],
])('fails when %s', (_, props, systemProps, value, remedy) => {
  expect(() => discovery(props, systemProps)).toThrow(value);
  expect(() => discovery(props, systemProps)).toThrow(remedy);
});
