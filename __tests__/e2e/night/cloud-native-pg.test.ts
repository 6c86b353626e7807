import { Testing, Yaml } from 'cdk8s';
import {
  Accounts,
  Backups,
  type CloudNativePgOptions,
  Discovery,
  Durability,
  MatrixChart,
  Postgres,
  parseSize,
} from '../../../lib';
import { resources } from '../../../lib/kubernetes/workloads/resources';
import { clusterStatus, healthyCluster, streaming } from '../support/healthy-cluster';
import { eventually, tryKubectl } from '../support/kubectl';
import { type Account, Matrix } from '../support/matrix';
import { PortForward } from '../support/port-forward';
import { Stream } from '../support/stream';
import { System } from '../support/system';

jest.setTimeout(400_000);

const NAME = 'cloud-native-pg';
const NAMESPACE = `matrix-e2e-${NAME}`;
const CLUSTER = 'matrix-database';
const SYNAPSE = 'deployment/matrix-synapse';
const HOST = `${CLUSTER}-rw`;
const FORCE = ['--wait=false', '--grace-period=0', '--force'];
const KILL = 'kill -9 $(head -1 $PGDATA/postmaster.pid)';
const killed = (primary: string) => ['exec', primary, '-n', NAMESPACE, '-c', 'postgres', '--', 'bash', '-c', KILL];
const deleted = (primary: string) => ['delete', 'pod', primary, '--wait=false'];
const deletedByForce = (primary: string) => ['delete', 'pod', primary, ...FORCE];
/** As when a node is lost with its disks. */
const lostWithDisks = (primary: string) => {
  const claims = [primary, `${primary}-wal`].map((claim) => `pvc/${claim}`);
  return ['delete', `pod/${primary}`, ...claims, ...FORCE];
};
/** Instances, and how the primary is lost. */
const LOSSES: [number, string, (primary: string) => string[]][] = [
  [2, 'killed', killed],
  [2, 'deleted by force', deletedByForce],
  [2, 'deleted in order', deleted],
  [2, 'lost with its claims', lostWithDisks],
  [3, 'killed', killed],
  [3, 'deleted by force', deletedByForce],
  [3, 'lost with its claims', lostWithDisks],
];

function replicatedSystem(instances: number, options: CloudNativePgOptions = {}): string {
  const chart = new MatrixChart(Testing.app(), 'matrix', {
    namespace: NAMESPACE,
    serverName: 'caritas.local',
    publicBaseUrl: 'https://matrix.caritas.local',
    postgres: Postgres.cloudNativePg({
      instances,
      storage: parseSize('2Gi'),
      walStorage: parseSize('2Gi'),
      resources: resources(50, 256, 1024),
      ...options,
    }),
    discovery: Discovery.none(),
    accounts: Accounts.none(),
    backups: Backups.none(),
  });
  return Yaml.stringify(...chart.toJson());
}

/** Needs the operator in the namespace `cnpg-system`. */
describe('a database that CloudNativePG replicates', () => {
  let system: System;
  let way: PortForward;
  let matrix: Matrix;
  let accounts: Account[];
  let stream: Stream | undefined;

  const IN_PRIMARY = ['exec', '-i', `service/${HOST}`, '-c', 'postgres', '-n', NAMESPACE, '--'];
  const sql = (query: string) => system.sql(query);
  const status = (path: string) => clusterStatus(system, path);
  /** Another one also where the same has started anew. */
  const primaryProcess = async () =>
    `${await status('currentPrimary')} ${await sql('SELECT pg_postmaster_start_time()')}`;
  const healthy = (instances: number) => healthyCluster(system, instances);
  const newRoom = async (): Promise<string> => {
    const [owner, other] = accounts;
    const create = { preset: 'public_chat' };
    const { room_id } = await matrix.ok('POST', '/_matrix/client/v3/createRoom', create, owner.token);
    await matrix.ok('POST', `/_matrix/client/v3/rooms/${room_id}/join`, {}, other.token);
    return room_id;
  };
  /** Bodies of all messages, those that are there twice included. */
  const said = (room: string) =>
    sql(`SELECT json::json->'content'->>'body' FROM event_json JOIN events USING (event_id)
         WHERE events.room_id = '${room}' AND type = 'm.room.message'`).then((lines) => lines.split('\n'));

  beforeAll(async () => {
    system = await System.apply(NAME, replicatedSystem(2), [SYNAPSE, 'deployment/matrix-edge']);
    way = await PortForward.open(system.namespace, SYNAPSE, 8008);
    matrix = new Matrix(way.url, await system.secret('matrix-synapse-secret', 'registration_shared_secret'));
    const admin = await matrix.register('admin', true);
    accounts = [];
    for (const name of ['anna', 'bea']) {
      const account = await matrix.register(name);
      await matrix.liftLimits(account.userId, admin);
      accounts.push(account);
    }
    await healthy(2);
  });
  // That of a test which failed goes on otherwise.
  afterEach(() => stream?.abandon());
  afterAll(async () => {
    way?.close();
    await system?.remove();
  });

  it('has the encoding and collation that Synapse needs, checksums, and passwords by SCRAM', async () => {
    const query = `SELECT pg_encoding_to_char(encoding), datcollate, datctype, current_setting('data_checksums'),
      (SELECT left(rolpassword, 13) FROM pg_authid WHERE rolname = 'synapse_user'),
      pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'synapse'`;
    expect(await sql(query)).toBe('UTF8|C|C|on|SCRAM-SHA-256|synapse_user');
  });

  it('lets each commit wait for a replica', async () => {
    expect(await sql('SELECT sync_state FROM pg_stat_replication')).toBe('quorum');
  });

  it("encrypts Synapse's connections, and refuses those without TLS or to another name", async () => {
    const plain = `SELECT count(*) FILTER (WHERE ssl), count(*) FILTER (WHERE NOT ssl) FROM pg_stat_ssl
      JOIN pg_stat_activity USING (pid) WHERE usename = 'synapse_user'`;
    expect(await sql(plain)).toMatch(/^[1-9]\d*\|0$/);
    const password = await system.secret(`${CLUSTER}-app`, 'password');
    const authority = await system.secret(`${CLUSTER}-ca`, 'ca.crt');
    const script = 'cat > /run/ca.crt; PGPASSWORD=$1 psql -Atc "SELECT 1" "$2"';
    const connect = async (way: string) => {
      const to = `user=synapse_user dbname=synapse sslrootcert=/run/ca.crt ${way}`;
      const command = ['bash', '-c', script, 'bash', password, to];
      const { stdout, stderr } = await tryKubectl([...IN_PRIMARY, ...command], authority);
      return stdout.trim() || stderr;
    };
    const address = await system.kubectl(['get', 'service', HOST, '-o', 'jsonpath={.spec.clusterIP}']);
    expect(await connect(`host=${HOST} sslmode=verify-full`)).toBe('1');
    expect(await connect(`host=${HOST} sslmode=disable`)).toContain('rejects connection');
    expect(await connect(`host=${address} sslmode=verify-full`)).toContain('does not match');
  });

  it.each(LOSSES)(
    'loses and doubles no message when the primary of %i instances is %s',
    async (instances, title, lost) => {
      await system.kubectl(['apply', '-f', '-'], replicatedSystem(instances));
      await healthy(instances);
      const before = await primaryProcess();
      const room = await newRoom();
      stream = new Stream(way, accounts, [room]);
      await stream.reaches(100);
      const began = Date.now();
      const since = () => ((Date.now() - began) / 1000).toFixed(1);
      await system.kubectl(lost(await status('currentPrimary')));
      await eventually('another primary', 120, async () => (await primaryProcess()) !== before);
      const promoted = since();
      await eventually('a replica', 120, async () => (await streaming(system)) !== '0');
      const replicated = since();
      await stream.reaches(stream.acknowledged + 100);
      await stream.stop();
      await healthy(instances);
      const acknowledged = stream.acknowledgedIn(room);
      const found = await said(room);
      console.log(
        `cloud-native-pg: primary of ${instances} ${title}: ${acknowledged.length} messages acknowledged, ` +
          `pause ${(stream.longestSilence / 1000).toFixed(1)} s, ${stream.repeats} repeats; ` +
          `another primary after ${promoted} s, a replica of it after ${replicated} s`,
      );
      expect(acknowledged.filter((body) => !found.includes(body))).toEqual([]);
      expect(found.length).toBe(new Set(found).size);
      expect(stream.refusals).toEqual([]);
    },
  );

  it('lets no drain of a node evict the primary before another is there', async () => {
    const name = await status('currentPrimary');
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: NAMESPACE } };
    const path = `/api/v1/namespaces/${NAMESPACE}/pods/${name}/eviction`;
    const { stderr } = await tryKubectl(['create', '--raw', path, '-f', '-'], JSON.stringify(eviction));
    expect(stderr).toContain('disruption budget');
  });

  it('takes parameters, and messages without a replica where that is preferred', async () => {
    const options = { durability: Durability.PREFERRED, parameters: { work_mem: '9MB' } };
    await system.kubectl(['apply', '-f', '-'], replicatedSystem(3, options));
    await eventually('the parameter', 120, async () => (await sql('SHOW work_mem')) === '9MB');
    await healthy(3);
    const primary = await status('currentPrimary');
    const replicas = JSON.parse(await status('instanceNames')).filter((name: string) => name !== primary);
    const fenced = 'cnpg.io/fencedInstances';
    const annotate = ['annotate', 'clusters.postgresql.cnpg.io', CLUSTER, '--overwrite'];
    await system.kubectl([...annotate, `${fenced}=${JSON.stringify(replicas)}`]);
    await eventually('no replica', 120, async () => (await streaming(system)) === '0');
    const path = `/_matrix/client/v3/rooms/${await newRoom()}/send/m.room.message/1`;
    await matrix.ok('PUT', path, { msgtype: 'm.text', body: 'without a replica' }, accounts[0].token);
    await system.kubectl([...annotate, `${fenced}-`]);
    await healthy(3);
  });

  it('cleans large tables in time once Synapse has started again', async () => {
    await system.kubectl(['rollout', 'restart', SYNAPSE]);
    await system.ready();
    const set = "SELECT count(*) FROM pg_class WHERE 'autovacuum_vacuum_scale_factor=0.02' = ANY(reloptions)";
    expect(await sql(set)).toBe('17');
  });
});
