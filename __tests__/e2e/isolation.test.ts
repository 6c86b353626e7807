import { Duration, Testing, Yaml } from 'cdk8s';
import {
  CallClient,
  Calls,
  type Connection,
  EdgeTls,
  Entry,
  Federation,
  HomeserverConfig,
  LivekitEntry,
  MatrixChart,
  type MatrixChartProps,
  Monitoring,
  Peer,
  Scaling,
  SyntheticUser,
  Traffic,
  Upkeep,
  WebClient,
  Workers,
} from '../../lib';
import { isDeclared } from '../support/declared';
import type { Manifest } from '../support/manifests';
import { atNight, firstInCi } from './support/at-night';
import { type DatabaseLogin, logIn } from './support/database-login';
import { eventually, kubectl, tryKubectl } from './support/kubectl';
import { doorsOf, type Place, placeOf, privateAddresses, workloadPlaces } from './support/places';
import { reachable, startProbe } from './support/probe-pod';
import { makeNamespace, removeNamespace, System } from './support/system';
import { FEW_WORKERS, SMALL_WORKERS } from './support/system-chart';

jest.setTimeout(600_000);

const NAMESPACE = 'matrix-e2e-isolation';
const STRANGE = 'matrix-e2e-strangers';
const TRAEFIK = { 'app.kubernetes.io/name': 'traefik' };
/** Ports without a declared connection: metrics, probes, an API beside its usual port, and a shell. */
const UNDECLARED = [2222, 8404, 9000, 9090, 10250];

const one = Scaling.fixed(1);
/** With EVERY=1 each part that pods of their own have, for a night. */
const EVERY: Partial<MatrixChartProps> = {
  workers: Workers.of({
    sync: one,
    client: one,
    eventCreators: one,
    eventPersisters: 2,
    federationReaders: one,
    federationSenders: 1,
    pushers: 1,
    media: 1,
    background: true,
    streams: { typing: 1, toDevice: 1, accountData: 1, receipts: 1, presence: 1, pushRules: 1, deviceLists: 1 },
    resources: SMALL_WORKERS,
  }),
  calls: Calls.livekit({
    host: 'calls.isolation.test',
    entry: LivekitEntry.nodePorts({ udpPort: 30_482, tcpPort: 30_481 }),
    callClient: CallClient.element({ host: 'call.isolation.test', embeddedBy: ['https://element.isolation.test'] }),
  }),
  webClient: WebClient.element({ url: 'https://element.isolation.test' }),
  monitoring: Monitoring.annotations({ collector: Peer.pods({ app: 'prometheus' }, STRANGE) }),
  syntheticUser: SyntheticUser.inCluster({ address: `edge.${STRANGE}:443`, peer: Peer.pods(TRAEFIK, STRANGE) }),
  upkeep: Upkeep.nightly({ abandonedRoomsAfter: Duration.days(90) }),
};

/** The system of main.ts, except that its controller and its admin clients are pods of this test. */
const chart = new MatrixChart(Testing.app(), 'matrix', {
  namespace: NAMESPACE,
  serverName: 'isolation.test',
  publicBaseUrl: 'https://matrix.isolation.test',
  synapse: {
    config: HomeserverConfig.oriso().extend(process.env.EVERY ? { push: { enabled: true } } : {}),
    federation: Federation.OPEN,
    unauthenticatedMedia: true,
  },
  ...(process.env.EVERY ? EVERY : { workers: FEW_WORKERS }),
  edge: {
    entry: Entry.ingress({
      className: 'none',
      controller: Peer.pods(TRAEFIK, STRANGE),
      tls: EdgeTls.certManager('letsencrypt'),
    }),
    allowedAdmins: [Peer.pods({ app: 'userservice' }), Peer.pods({ app: 'agencyservice' })],
  },
});
const manifests: Manifest[] = chart.toJson();
const connections: Connection[] = Traffic.connections(chart);
// A probe may not listen below 1024: there, the name server and the API themselves are tried.
const declared = connections.flatMap(({ ports }) => ports.map(({ number }) => number));
const PORTS = [...new Set([...declared, ...UNDECLARED])].filter((port) => port >= 1024).sort((a, b) => a - b);

/** Allowed clients, strangers, and strangers with the labels of an allowed client in the wrong namespace. */
async function others(): Promise<Place[]> {
  const pods: [key: string, namespace: string, labels: { [key: string]: string }][] = [
    ['app=userservice', NAMESPACE, { app: 'userservice' }],
    ['a stranger', NAMESPACE, { app: 'stranger' }],
    ['a controller beside Synapse', NAMESPACE, TRAEFIK],
    [`${STRANGE}/app.kubernetes.io/name=traefik`, STRANGE, TRAEFIK],
    ['a stranger elsewhere', STRANGE, { app: 'stranger' }],
    ['a userservice elsewhere', STRANGE, { app: 'userservice' }],
    ['an edge elsewhere', STRANGE, { app: 'matrix-edge' }],
    ['a Synapse elsewhere', STRANGE, { app: 'matrix-synapse' }],
    ['a backup elsewhere', STRANGE, { app: 'matrix-backup' }],
    [`${STRANGE}/app=prometheus`, STRANGE, { app: 'prometheus' }],
  ];
  return Promise.all(
    pods.map(async ([key, namespace, labels]) => {
      const name = key.toLowerCase().replaceAll(/[^a-z]+/g, '-');
      await startProbe(namespace, name, labels, PORTS);
      return placeOf(key, namespace, name);
    }),
  );
}

/**
 * These tests do not try the internet, which the cluster cannot reach; network.test.ts has the connections to it. They
 * do try that such a connection does not include the private addresses of a cluster.
 */
describe('network isolation', () => {
  let system: System;
  let places: Place[];

  /** Differences between the connections that a place has and those that are declared. */
  const differencesFrom = async (from: Place): Promise<string[]> => {
    const { namespace, name } = from.pod as NonNullable<Place['pod']>;
    const all = places.flatMap((to) => doorsOf(to, PORTS).map((one) => ({ ...one, to })));
    const reached = await reachable(
      namespace,
      name,
      all.map(({ address }) => address),
    );
    return all.flatMap(({ to, door, address }) => {
      // A pod reaches itself at every port, which shows that its probe listens.
      const expected = from === to || isDeclared(connections, from, to, door);
      const observed = reached.includes(address);
      const what = `${from.key} to ${to.key} at ${door.protocol} ${door.number}`;
      return observed === expected ? [] : [`${what}: ${observed ? 'open, not declared' : 'declared, closed'}`];
    });
  };

  /** Tries four places at a time. */
  const differencesAmong = async (some: Place[]) => {
    const found: { place: Place; differences: string[] }[] = [];
    for (let start = 0; start < some.length; start += 4) {
      const four = some.slice(start, start + 4);
      found.push(
        ...(await Promise.all(four.map(async (place) => ({ place, differences: await differencesFrom(place) })))),
      );
    }
    return found;
  };

  beforeAll(async () => {
    await removeNamespace(STRANGE);
    system = await System.apply('isolation', Yaml.stringify(...manifests));
    await system.workersReady();
    await system.kubectl(['wait', '--for=condition=Available', 'deployment', '--all', '--timeout=300s']);
    await makeNamespace(STRANGE);
    places = [
      ...(await workloadPlaces(NAMESPACE, manifests, PORTS)),
      ...(await others()),
      ...(await privateAddresses()),
    ];
  });

  afterAll(async () => {
    await removeNamespace(STRANGE);
    await system?.remove();
  });

  it('allows exactly the declared connections between every pair of pods at every port', async () => {
    const pods = places.filter(({ pod }) => pod);
    expect(pods.filter((place) => place.ours).map(({ key }) => key)).toEqual(
      expect.arrayContaining(['matrix-synapse', 'matrix-edge', 'matrix-postgres', 'matrix-discovery', 'matrix-backup']),
    );
    // Differences are tried again: a policy takes a moment to apply, and a busy cluster is slow to answer.
    let differences: string[] = [];
    let differing = pods;
    for (let round = 0; round < 3; round++) {
      const found = await differencesAmong(differing);
      differences = found.flatMap((one) => one.differences);
      differing = found.flatMap(({ place, differences: some }) => (some.length > 0 ? [place] : []));
    }
    expect(differences).toEqual([]);
  });

  const pairs: [string, string, number, boolean][] = [
    ['matrix-edge', 'matrix-synapse', 8008, true],
    ['matrix-synapse', 'matrix-postgres', 5432, true],
    ['matrix-synapse-sync', 'matrix-synapse-event-persister', 9093, true],
    ['matrix-synapse', 'matrix-synapse-sync', 9093, false],
    ['a stranger', 'matrix-valkey', 6379, false],
    ['app=userservice', 'matrix-edge', 8010, true],
    ['app=userservice', 'matrix-edge', 8008, false],
    ['app=userservice', 'matrix-synapse', 8008, false],
    [`${STRANGE}/app.kubernetes.io/name=traefik`, 'matrix-edge', 8080, true],
    [`${STRANGE}/app.kubernetes.io/name=traefik`, 'matrix-edge', 8010, false],
    ['a stranger', 'matrix-edge', 8080, false],
    ['matrix-synapse', 'a stranger elsewhere', 8008, false],
  ];
  const those = (allowed: boolean) => pairs.filter((pair) => pair[3] === allowed);
  // A connection that is not allowed takes five seconds.
  it.each([...those(true), ...firstInCi(those(false))])(
    'would notice a difference: %s to %s at %d: %s',
    async (from, to, number, expected) => {
      const [sender, receiver] = [from, to].map((key) => places.find((place) => place.key === key) as Place);
      expect(isDeclared(connections, sender, receiver, { number, protocol: 'TCP' })).toBe(expected);
      const { namespace, name } = sender.pod as NonNullable<Place['pod']>;
      expect((await reachable(namespace, name, [`${receiver.address}:${number}`])).length === 1).toBe(expected);
    },
  );

  atNight.it('isolates a workload whose own policy the API server refuses', async () => {
    const policy = structuredClone(
      manifests.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'matrix-synapse'),
    ) as Manifest;
    policy.spec.egress.push({ ports: [{ port: '587' }] });
    await system.kubectl(['delete', 'networkpolicy', 'matrix-synapse']);
    const { stderr } = await tryKubectl(['apply', '-f', '-'], JSON.stringify(policy));
    expect(stderr).toContain('is invalid');
    const synapse = places.find(({ key }) => key === 'matrix-synapse') as Place;
    const others = places.filter(({ pod, key }) => pod && ['matrix-edge', 'a stranger'].includes(key));
    const open = async () => {
      const reached = await Promise.all(
        others.flatMap(({ pod }) => {
          const inside = synapse.pod as NonNullable<Place['pod']>;
          const { namespace, name } = pod as NonNullable<Place['pod']>;
          return [
            reachable(namespace, name, [`${synapse.address}:8008`]),
            reachable(inside.namespace, inside.name, [`${others[0].address}:8008`]),
          ];
        }),
      );
      return reached.flat();
    };
    try {
      // The change is in force when the edge cannot connect either.
      await eventually('the default policy isolates Synapse', 30, async () => (await open()).length === 0);
    } finally {
      await kubectl(['apply', '-f', '-'], system.manifest);
    }
    await eventually('the edge reaches Synapse again', 30, async () => (await open()).length > 0);
  });

  // An intruder in Synapse's pod may connect wherever Synapse may.
  it.each<[string, Omit<DatabaseLogin, 'password'>, string]>([
    ['the superuser', { user: 'postgres' }, 'pg_hba.conf rejects connection'],
    ['the superuser for replication', { user: 'postgres', replication: 'true' }, 'rejects replication connection'],
    ['Synapse for replication', { user: 'synapse_user', replication: 'true' }, 'rejects replication connection'],
    // These may connect and are asked for a password, so that a difference would be noticed.
    ['Synapse with a wrong password', { user: 'synapse_user' }, 'password authentication failed'],
    ['a backup with a wrong password', { user: 'backup', replication: 'true' }, 'password authentication failed'],
  ])('the database refuses over the network: %s', async (_, login, refusal) => {
    expect(await logIn(system, { ...login, password: 'guess' })).toContain(refusal);
  });
});
