import { Testing } from 'cdk8s';
import { BackupRepository, type Connection, type MatrixChart, Peer, SecretKey, Traffic } from '../lib';
import { type Manifest, workloadsOf } from './support/manifests';
import { type Pod, reaches } from './support/policies';
import { chartOf, SYSTEMS } from './support/systems';

/** Who is not ours, by the key of its peer. */
const OTHERS: { [key: string]: Pod } = {
  'app=userservice': { labels: { app: 'userservice' }, namespace: 'caritas', address: '10.0.1.1' },
  'namespace/ingress': { labels: { app: 'proxy' }, namespace: 'ingress', address: '10.0.2.1' },
  'identity/app=keycloak': { labels: { app: 'keycloak' }, namespace: 'identity', address: '10.0.3.1' },
  'storage/app=minio': { labels: { app: 'minio' }, namespace: 'storage', address: '10.0.7.1' },
  'kube-system/app=coredns': { labels: { app: 'coredns' }, namespace: 'kube-system', address: '10.0.4.1' },
  stranger: { labels: { app: 'stranger' }, namespace: 'caritas', address: '10.0.5.1' },
  'stranger elsewhere': { labels: { app: 'userservice' }, namespace: 'elsewhere', address: '10.0.6.1' },
  internet: { labels: {}, address: '9.9.9.9' },
  'name server on the node': { labels: {}, address: '169.254.20.10' },
  '10.1.2.3/32': { labels: {}, address: '10.1.2.3' },
};
const PORTS = [22, 53, 80, 443, 5353, 5432, 6443, 8008, 8009, 8080, 8090, 8443, 9000, 9090];
const DOORS = [
  ...PORTS.map((number) => ({ number, protocol: 'TCP' })),
  ...[53, 5353, 8008].map((number) => ({ number, protocol: 'UDP' })),
];
const STORE = BackupRepository.s3({
  endpoint: 'https://s3.example.org:8443',
  bucket: 'backups',
  credentials: { accessKeyId: SecretKey.of('s3', 'id'), secretAccessKey: SecretKey.of('s3', 'key') },
});
type Door = (typeof DOORS)[number];

describe.each(Object.entries(SYSTEMS))('%s', (_, props) => {
  const { connections, policies, ours } = networkOf(chartOf(props));
  const pods = { ...ours, ...OTHERS };

  it('everyone reaches everyone exactly as it was declared', () => {
    const differences = Object.keys(pods).flatMap((from) =>
      Object.keys(pods).flatMap((to) =>
        DOORS.map((door) => ({
          what: `${from} to ${to} at ${door.protocol} ${door.number}`,
          possible: reaches(policies, pods[from], pods[to], door.number, door.protocol),
          declared:
            (!(from in ours) || sends(connections, from, to, door)) &&
            (!(to in ours) || receives(connections, from, to, door)),
        })).filter(({ possible, declared }) => possible !== declared),
      ),
    );
    expect(differences).toEqual([]);
  });

  it('every connection is in the policies of both its sides, and nothing besides', () => {
    for (const { metadata, spec } of policies) {
      const received = connections.filter(({ to }) => to.key === metadata.name);
      const sent = connections.filter(({ from }) => from.key === metadata.name);
      const rendered = { in: (spec.ingress ?? []).map(portsOf).sort(), out: (spec.egress ?? []).map(portsOf).sort() };
      expect(rendered).toEqual({ in: received.map(portsOf).sort(), out: sent.map(portsOf).sort() });
    }
  });

  it('the stranger reaches what is public and nothing else', () => {
    const reached = Object.keys(ours).flatMap((to) =>
      PORTS.filter((port) => reaches(policies, OTHERS.stranger, ours[to], port)).map((port) => `${to}:${port}`),
    );
    const prefix = props.namePrefix ?? '';
    expect(reached).toEqual([`${prefix}matrix-discovery:8090`]);
  });
});

it('a client that is added later comes in, and its neighbours do not', () => {
  const chart = chartOf();
  chart.synapse.allowFrom(Peer.pods({ app: 'userservice' }));
  const { policies, ours } = networkOf(chart);
  const open = Object.keys(OTHERS).filter((key) => reaches(policies, OTHERS[key], ours['matrix-synapse'], 8008));
  expect(open).toEqual(['app=userservice']);
});

it.each([
  ['kube-system/app=coredns', [53, 5353]],
  ['name server on the node', [53, 5353]],
  // The ports of a service of the platform, and of the internet, are not those of a name server.
  ['internet', []],
])('Synapse asks for names at %s by both protocols', (key, expected) => {
  const { policies, ours } = networkOf(chartOf());
  for (const protocol of ['UDP', 'TCP']) {
    const open = PORTS.filter((port) => reaches(policies, ours['matrix-synapse'], OTHERS[key], port, protocol));
    expect(open).toEqual(expected);
  }
});

it.each<[string, (chart: MatrixChart, collector: Peer) => void, number]>([
  ['matrix-synapse', ({ synapse }, collector) => synapse.allowMetricsFrom(collector), 9000],
  ['matrix-backup-agent', ({ backups }, collector) => backups?.allowMetricsFrom(collector), 9090],
])('a collector reads the metrics of %s and nothing else', (app, allow, port) => {
  const chart = chartOf();
  allow(chart, Peer.pods({ app: 'stranger' }));
  const { policies, ours } = networkOf(chart);
  const open = Object.keys(ours).flatMap((to) =>
    PORTS.filter((one) => reaches(policies, OTHERS.stranger, ours[to], one)).map((one) => `${to}:${one}`),
  );
  expect(open.filter((door) => door !== 'matrix-discovery:8090')).toEqual([`${app}:${port}`]);
});

it('a drill of a repository on the claim reaches nobody, and nobody reaches it', () => {
  const { policies, ours } = networkOf(chartOf());
  const pods = { ...ours, ...OTHERS };
  const drill = ours['matrix-restore-drill'];
  const open = Object.keys(pods).flatMap((other) =>
    DOORS.filter(
      ({ number, protocol }) =>
        (!(other in ours) && reaches(policies, drill, pods[other], number, protocol)) ||
        reaches(policies, pods[other], drill, number, protocol),
    ).map(({ number }) => `${other}:${number}`),
  );
  expect(open).toEqual([]);
});

it('what uses the repository reaches the store, and nothing else does', () => {
  const { policies, ours } = networkOf(chartOf({ backupRepository: STORE }));
  const apps = Object.keys(ours).filter((app) => reaches(policies, ours[app], OTHERS.internet, 8443));
  const backup = ['backup', 'backup-agent', 'backup-dump', 'backup-list', 'backup-prune', 'backup-verify'];
  expect(apps.sort()).toEqual([...backup, 'restore', 'restore-drill'].map((name) => `matrix-${name}`));
});

function networkOf(chart: MatrixChart) {
  const manifests: Manifest[] = Testing.synth(chart);
  const apps = workloadsOf(manifests).map(({ template }) => template.metadata.labels.app);
  return {
    connections: Traffic.connections(chart),
    policies: manifests.filter(({ kind }) => kind === 'NetworkPolicy'),
    ours: Object.fromEntries(
      apps.map((app, index): [string, Pod] => [
        app,
        { labels: { app }, namespace: 'caritas', address: `10.0.0.${index + 1}` },
      ]),
    ),
  };
}

function portsOf({ ports }: Connection | Manifest): string {
  return ports.map((one: Manifest) => one.number ?? one.port ?? 'all').join() || 'all';
}

function receives(connections: Connection[], from: string, to: string, door: Door): boolean {
  return connections.some((one) => one.to.key === to && covers(one.from, from) && has(one, door));
}

function sends(connections: Connection[], from: string, to: string, door: Door): boolean {
  return connections.some((one) => one.from.key === from && covers(one.to, to) && has(one, door));
}

/** Whether someone belongs to a peer; the broad ones cannot be narrower in every cluster. */
function covers(peer: Peer, key: string): boolean {
  const isPod = OTHERS[key]?.namespace !== undefined || !(key in OTHERS);
  const mayBeNameServer = isPod || key === 'name server on the node';
  return (
    peer.key === key || [Peer.ANYONE, Peer.KUBERNETES_API].includes(peer) || (peer === Peer.DNS && mayBeNameServer)
  );
}

/** No port named means every TCP port. */
function has({ ports }: Connection, door: Door): boolean {
  const named = ports.some(({ number, protocol = 'TCP' }) => number === door.number && protocol === door.protocol);
  return ports.length === 0 ? door.protocol === 'TCP' : named;
}
