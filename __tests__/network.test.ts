import { Testing } from 'cdk8s';
import {
  BackupRepository,
  Backups,
  type Connection,
  Federation,
  type MatrixChart,
  Peer,
  SecretKey,
  Traffic,
} from '../lib';
import { systemLabels } from '../lib/kubernetes/metadata/labels';
import { isDeclared, type Party } from './support/declared';
import { type Manifest, workloadsOf } from './support/manifests';
import { type Pod, reaches } from './support/policies';
import { chartOf, SYSTEMS } from './support/systems';

/** Peers outside the system, by key. */
const OTHERS: { [key: string]: Pod } = {
  'app=userservice': { labels: { app: 'userservice' }, namespace: 'caritas', address: '10.0.1.1' },
  'app=frontend': { labels: { app: 'frontend' }, namespace: 'caritas', address: '10.0.1.2' },
  'namespace/ingress': { labels: { app: 'proxy' }, namespace: 'ingress', address: '10.0.2.1' },
  'namespace/edge': { labels: { app: 'tokens' }, namespace: 'edge', address: '10.0.2.2' },
  'kube-system/app.kubernetes.io/name=traefik': {
    labels: { 'app.kubernetes.io/name': 'traefik' },
    namespace: 'kube-system',
    address: '10.0.2.3',
  },
  'identity/app=keycloak': { labels: { app: 'keycloak' }, namespace: 'identity', address: '10.0.3.1' },
  'monitoring/app.kubernetes.io/name=prometheus': {
    labels: { 'app.kubernetes.io/name': 'prometheus' },
    namespace: 'monitoring',
    address: '10.0.8.1',
  },
  'storage/app=minio': { labels: { app: 'minio' }, namespace: 'storage', address: '10.0.7.1' },
  "OpenShift's name server": { labels: { app: 'dns' }, namespace: 'openshift-dns', address: '10.0.4.1' },
  stranger: { labels: { app: 'stranger' }, namespace: 'caritas', address: '10.0.5.1' },
  'stranger elsewhere': { labels: { app: 'userservice' }, namespace: 'elsewhere', address: '10.0.6.1' },
  internet: { labels: {}, address: '9.9.9.9' },
  node: { labels: {}, address: '192.168.1.10' },
  'name server on the node': { labels: {}, address: '169.254.20.10' },
  '10.1.2.3/32': { labels: {}, address: '10.1.2.3' },
  '10.20.0.0/16': { labels: {}, address: '10.20.1.1' },
};
const PORTS = [
  22, 53, 80, 443, 5353, 5432, 6443, 8008, 8009, 8010, 8080, 8090, 8018, 8019, 8404, 8443, 9000, 9010, 9090, 9187,
];
const KNOCKS = [
  ...PORTS.map((number) => ({ number, protocol: 'TCP' })),
  ...[53, 5353, 8008].map((number) => ({ number, protocol: 'UDP' })),
];
const STORE = BackupRepository.s3({
  endpoint: 'https://s3.example.org:8443',
  bucket: 'backups',
  credentials: {
    accessKeyId: SecretKey.fromSecretName('s3', 'id'),
    secretAccessKey: SecretKey.fromSecretName('s3', 'key'),
  },
});

describe.each(Object.entries(SYSTEMS))('%s', (_, props) => {
  const { connections, policies, ours } = networkOf(chartOf(props));
  const pods = { ...ours, ...OTHERS };

  it('allows exactly the declared connections', () => {
    const differences = Object.keys(pods).flatMap((from) =>
      Object.keys(pods).flatMap((to) =>
        KNOCKS.map((port) => ({
          what: `${from} to ${to} at ${port.protocol} ${port.number}`,
          possible: reaches(policies, pods[from], pods[to], port.number, port.protocol),
          declared: isDeclared(connections, partyOf(from, ours), partyOf(to, ours), port),
        })).filter(({ possible, declared }) => possible !== declared),
      ),
    );
    expect(differences).toEqual([]);
  });

  it('has every declared connection in the policies of both sides, and no other', () => {
    for (const { metadata, spec } of policies) {
      const received = connections.filter(({ to }) => to.key === metadata.name);
      const sent = connections.filter(({ from }) => from.key === metadata.name);
      const rendered = { in: (spec.ingress ?? []).map(portsOf).sort(), out: (spec.egress ?? []).map(portsOf).sort() };
      expect(rendered).toEqual({ in: received.map(portsOf).sort(), out: sent.map(portsOf).sort() });
    }
  });

  it('allows nothing from or to a workload whose own policy is missing', () => {
    const open = Object.keys(ours).flatMap((app) => {
      const rest = policies.filter(({ metadata }) => metadata.name !== app);
      const reached = Object.keys(pods).filter((other) =>
        KNOCKS.some(
          ({ number, protocol }) =>
            reaches(rest, ours[app], pods[other], number, protocol) ||
            reaches(rest, pods[other], ours[app], number, protocol),
        ),
      );
      return reached.map((other) => `${app} and ${other}`);
    });
    expect(open).toEqual([]);
  });

  it('denies by default before anything else is applied', () => {
    const [first] = Testing.synth(chartOf(props));
    expect(first.metadata.name).toBe(`${props.namePrefix ?? ''}matrix-default-deny`);
    // Nothing that a value of the operator could make invalid.
    expect(first.spec).toEqual({
      podSelector: { matchLabels: systemLabels(props) },
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  it.each(['stranger', 'stranger elsewhere', 'internet', 'node'])('allows nothing to %s', (from) => {
    const reached = Object.keys(ours).flatMap((to) =>
      PORTS.filter((port) => reaches(policies, OTHERS[from], ours[to], port)).map((port) => `${to}:${port}`),
    );
    expect(reached).toEqual([]);
  });
});

it.each<[string, (chart: MatrixChart, peer: Peer) => void, string]>([
  ['a client', ({ edge }, peer) => edge.allowFrom(peer), 'matrix-edge:8008'],
  ['a token service', ({ edge }, peer) => edge.allowFederationFrom(peer), 'matrix-edge:8009'],
  ['an administrator', ({ edge }, peer) => edge.allowAdminFrom(peer), 'matrix-edge:8010'],
  ['a collector at the edge', ({ edge }, peer) => edge.allowMetricsFrom(peer), 'matrix-edge:8404'],
  ['a collector at Synapse', ({ synapse }, peer) => synapse.allowMetricsFrom(peer), 'matrix-synapse:9000'],
  ['a collector of backups', ({ backups }, peer) => backups?.allowMetricsFrom(peer), 'matrix-backup-agent:9090'],
])('allows %s, when added later, only one port, and its neighbours none', (_, allow, port) => {
  const chart = chartOf();
  allow(chart, Peer.pods({ app: 'userservice' }));
  const { policies, ours } = networkOf(chart);
  const open = Object.keys(OTHERS).flatMap((from) =>
    Object.keys(ours).flatMap((to) =>
      PORTS.filter((port) => reaches(policies, OTHERS[from], ours[to], port)).map((port) => `${from} ${to}:${port}`),
    ),
  );
  expect(open).toEqual([`app=userservice ${port}`]);
});

it('allows only the edge to reach Synapse, and only the edge to be reached from outside', () => {
  const { connections } = networkOf(chartOf(SYSTEMS['second system in a namespace']));
  const into = connections.filter(({ to }) => to.key === 'training-matrix-synapse');
  expect([...new Set(into.map(({ from }) => from.key))]).toEqual(['training-matrix-edge']);
  const outside = connections.filter(({ from, to }) => !from.traffic && to.traffic);
  expect(outside.map(({ to }) => to.key)).toEqual(['training-matrix-edge']);
});

it.each([
  ['kube-system/app.kubernetes.io/name=traefik', [53, 5353]],
  ["OpenShift's name server", [53, 5353]],
  ['name server on the node', [53, 5353]],
  // Not a DNS server, even if it listens on the same port.
  ['stranger', []],
  ['stranger elsewhere', []],
  ['internet', []],
])('allows Synapse DNS at %s over both protocols', (key, expected) => {
  const { policies, ours } = networkOf(chartOf());
  for (const protocol of ['UDP', 'TCP']) {
    const open = PORTS.filter((port) => reaches(policies, ours['matrix-synapse'], OTHERS[key], port, protocol));
    expect(open).toEqual(expected);
  }
});

it.each(['open', 'list'])(
  'allows Synapse to reach servers on the internet, but not in the cluster or a private network: %s',
  (kind) => {
    const federation = kind === 'open' ? Federation.OPEN : Federation.allowList('example.org');
    const { policies, ours } = networkOf(chartOf({ synapse: { federation } }));
    const reached = (key: string) =>
      PORTS.filter((port) => reaches(policies, ours['matrix-synapse'], OTHERS[key], port));
    expect(reached('internet')).toEqual(PORTS);
    const inside = Object.keys(OTHERS).filter((key) => key !== 'internet');
    const doors = inside.flatMap(reached);
    expect([...new Set(doors)]).toEqual([53, 5353]);
  },
);

it('isolates a drill when the repository is on the claim', () => {
  const { policies, ours } = networkOf(chartOf());
  const pods = { ...ours, ...OTHERS };
  const drill = ours['matrix-restore-drill'];
  const open = Object.keys(pods).flatMap((other) =>
    KNOCKS.filter(
      ({ number, protocol }) =>
        (!(other in ours) && reaches(policies, drill, pods[other], number, protocol)) ||
        reaches(policies, pods[other], drill, number, protocol),
    ).map(({ number }) => `${other}:${number}`),
  );
  expect(open).toEqual([]);
});

it('allows only workloads that use the repository to reach the store', () => {
  const { policies, ours } = networkOf(chartOf({ backups: Backups.to(STORE) }));
  const apps = Object.keys(ours).filter((app) => reaches(policies, ours[app], OTHERS.internet, 8443));
  const backup = ['backup', 'backup-agent', 'backup-dump', 'backup-list', 'backup-prune', 'backup-verify'];
  expect(apps.sort()).toEqual([...backup, 'restore', 'restore-drill'].map((name) => `matrix-${name}`));
});

function networkOf(chart: MatrixChart) {
  const manifests: Manifest[] = Testing.synth(chart);
  const pods = workloadsOf(manifests).map(({ template }) => template.metadata.labels);
  return {
    connections: Traffic.connections(chart),
    policies: manifests.filter(({ kind }) => kind === 'NetworkPolicy'),
    ours: Object.fromEntries(
      pods.map((labels, index): [string, Pod] => [
        labels.app,
        { labels, namespace: 'caritas', address: `10.0.0.${index + 1}` },
      ]),
    ),
  };
}

function portsOf({ ports }: Connection | Manifest): string {
  return ports.map((one: Manifest) => one.number ?? one.port ?? 'all').join() || 'all';
}

/** Selects only by namespace and address, so a pod beside the DNS server could pose as it. */
function partyOf(key: string, ours: { [key: string]: Pod }): Party {
  const { namespace = '', address } = ours[key] ?? OTHERS[key];
  const mayBeNameServer = ['kube-system', 'openshift-dns'].includes(namespace) || address.startsWith('169.254.');
  return { key, ours: key in ours, mayBeNameServer };
}
