import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Chart, Testing, Yaml } from 'cdk8s';
import {
  MatrixBackups,
  MatrixDiscovery,
  MatrixEdge,
  MatrixPostgres,
  MatrixSynapse,
  System as SystemFacts,
} from '../../../lib';
import { eventually } from '../support/kubectl';
import { type Account, Matrix } from '../support/matrix';
import { PortForward } from '../support/port-forward';
import { Stream } from '../support/stream';
import { System } from '../support/system';

jest.setTimeout(300_000);

const RECEIVER = 'statefulset/matrix-wal-receiver';
const WORKLOADS = ['statefulset/matrix-postgres', 'deployment/matrix-synapse'];

/** A system whose commits wait for the WAL receiver, and whose replication slot is soon dropped. */
function synchronousSystem(namespace: string): string {
  const chart = new Chart(Testing.app(), 'matrix', { namespace, disableResourceNameHashes: true });
  const system = new SystemFacts(chart, 'System', {
    serverName: 'caritas.local',
    publicBaseUrl: 'https://matrix.caritas.local',
  });
  const database = new MatrixPostgres(chart, 'Postgres', {
    system,
    parameters: { max_slot_wal_keep_size: '64MB' },
    synchronousReplication: true,
  });
  const homeserver = new MatrixSynapse(chart, 'Synapse', { system, database });
  const discovery = new MatrixDiscovery(chart, 'Discovery', { system });
  new MatrixEdge(chart, 'Edge', { system, homeserver, discovery });
  new MatrixBackups(chart, 'Backups', { system, database, homeserver });
  return Yaml.stringify(...chart.toJson());
}

describe('synchronous replication', () => {
  let system: System;
  let way: PortForward;
  let matrix: Matrix;
  let accounts: Account[];
  let room: string;
  let stream: Stream | undefined;

  const asked = async (query: string) =>
    (await system.exec('statefulset/matrix-postgres', 'psql', '-U', 'postgres', '-Atc', query)).trim();
  const inReceiver = (script: string) => system.exec(RECEIVER, 'bash', '-c', script);
  const receiverIsReady = async () =>
    (await system.kubectl(['get', RECEIVER, '-o', 'jsonpath={.status.readyReplicas}'])) === '1';
  const scaleReceiver = async (replicas: number) => {
    await system.kubectl(['scale', RECEIVER, `--replicas=${replicas}`]);
    if (replicas === 0) {
      await system.kubectl(['wait', '--for=delete', 'pod/matrix-wal-receiver-0', '--timeout=60s']);
    }
  };
  /** Sends a message; `answer` resolves with the acknowledgement. */
  const say = (body: string) => {
    const path = `/_matrix/client/v3/rooms/${room}/send/m.room.message/${body}`;
    const said = { acknowledged: false, answer: Promise.resolve() };
    said.answer = matrix.ok('PUT', path, { msgtype: 'm.text', body }, accounts[0].token).then(() => {
      said.acknowledged = true;
    });
    return said;
  };
  /** All messages of a room. */
  const saidIn = async (id: string): Promise<string[]> => {
    const bodies: string[] = [];
    for (let from = ''; ; ) {
      const path = `/_matrix/client/v3/rooms/${id}/messages?dir=b&limit=500${from}`;
      const { chunk, end } = await matrix.ok('GET', path, undefined, accounts[1].token);
      bodies.push(...chunk.map(({ content }: { content: { body?: string } }) => content.body));
      if (!end) {
        return bodies;
      }
      from = `&from=${end}`;
    }
  };
  const sleep = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));

  beforeAll(async () => {
    system = await System.apply('synchronous', synchronousSystem('matrix-e2e-synchronous'));
    await system.kubectl(['rollout', 'status', RECEIVER, '--timeout=60s']);
    way = await PortForward.open(system.namespace, 'deployment/matrix-synapse', 8008);
    matrix = new Matrix(way.url, await system.secret('matrix-synapse-secret', 'registration_shared_secret'));
    const admin = await matrix.register('admin', true);
    accounts = [];
    for (const name of ['anna', 'bea']) {
      const account = await matrix.register(name);
      await matrix.liftLimits(account.userId, admin);
      accounts.push(account);
    }
    const create = { preset: 'public_chat' };
    room = (await matrix.ok('POST', '/_matrix/client/v3/createRoom', create, accounts[0].token)).room_id;
    await matrix.ok('POST', `/_matrix/client/v3/rooms/${room}/join`, {}, accounts[1].token);
  });
  afterAll(async () => {
    stream?.abandon();
    way?.close();
    await system?.remove();
  });

  it('makes PostgreSQL wait for the receiver, which has all WAL', async () => {
    expect(await asked('SELECT application_name, sync_state FROM pg_stat_replication')).toBe(
      'matrix-wal-receiver|sync',
    );
    await say('first').answer;
    const written = await asked('SELECT pg_current_wal_flush_lsn()');
    expect(await asked(`SELECT flush_lsn >= '${written}' FROM pg_stat_replication`)).toBe('t');
  });

  it('makes writes wait without the receiver, answers reads, and resumes by itself', async () => {
    await scaleReceiver(0);
    const said = say('into the void');
    await sleep(5);
    expect(said.acknowledged).toBe(false);
    const path = `/_matrix/client/v3/rooms/${room}/messages?dir=b&limit=10`;
    const { chunk } = await matrix.ok('GET', path, undefined, accounts[1].token);
    expect(chunk.map(({ content }: { content: { body?: string } }) => content.body)).toContain('first');
    await scaleReceiver(1);
    await eventually('the acknowledgement', 60, async () => said.acknowledged);
  });

  it('has a receiver that is not ready while commits wait for it', async () => {
    await eventually('the receiver', 60, receiverIsReady);
    await inReceiver('kill -STOP $(pgrep -x pg_receivewal)');
    const said = say('to a stopped one');
    await eventually('the receiver not to be ready', 90, async () => !(await receiverIsReady()));
    expect(said.acknowledged).toBe(false);
    await inReceiver('kill -CONT $(pgrep -x pg_receivewal)');
    await said.answer;
    await eventually('the receiver', 30, receiverIsReady);
  });

  it('resumes after PostgreSQL has dropped the slot', async () => {
    await scaleReceiver(0);
    for (let file = 0; file < 8; file++) {
      await asked("SELECT pg_logical_emit_message(false, 'test', 'x'), pg_switch_wal()");
    }
    await asked('CHECKPOINT');
    expect(await asked('SELECT wal_status FROM pg_replication_slots')).toBe('lost');
    const said = say('after the gap');
    await scaleReceiver(1);
    await said.answer;
    await eventually('the receiver', 60, receiverIsReady);
    expect(await system.kubectl(['logs', RECEIVER])).toContain('invalidated its slot. Creating a new slot');
  });

  it('keeps every acknowledged message when the volume of the database is lost', async () => {
    expect((await system.run('matrix-backup', 'backup')).succeeded).toBe(true);
    stream = new Stream(way, accounts, [room]);
    await stream.reaches(100);
    await inReceiver('kill -9 $(pgrep -x pg_receivewal)');
    await stream.reaches(200);
    await system.kubectl(['delete', 'pod', 'matrix-wal-receiver-0']);
    await stream.reaches(300);
    await system.kubectl(['delete', 'pod', 'matrix-postgres-0']);
    await stream.reaches(600);
    // Without a warning, while messages are sent.
    await system.exec('statefulset/matrix-postgres', 'sh', '-c', 'rm -rf "$PGDATA"');
    await sleep(2);
    stream.abandon();
    await system.kubectl(['scale', ...WORKLOADS, '--replicas=0']);
    await system.kubectl(['delete', 'pod', 'matrix-postgres-0', '--grace-period=0', '--force']);
    await system.kubectl(['delete', 'jobs', '-l', 'app=matrix-backup']);
    await system.kubectl(['delete', 'pvc', 'matrix-postgres-pvc', '--wait=true', '--timeout=120s']);
    await system.kubectl(['apply', '-f', '-'], system.manifest);
    await system.kubectl(['scale', ...WORKLOADS, '--replicas=0']);
    const refused = await system.run('matrix-restore', 'restore');
    expect(refused.succeeded).toBe(false);
    const [command = ''] = /^ {2}kubectl .*tar .*$/m.exec(refused.log) ?? [];
    await promisify(execFile)('bash', ['-c', `set -euo pipefail; ${command}`]);
    const restore = await system.run('matrix-restore', 'restore-again');
    expect({ ...restore }).toEqual({ succeeded: true, log: expect.stringContaining('restore: done') });
    await system.kubectl(['scale', ...WORKLOADS, '--replicas=1']);
    await system.ready();
    way.renew();
    await eventually('Synapse', 60, () => matrix.ok('GET', '/_matrix/client/versions'));

    const found = new Set(await saidIn(room));
    const acknowledged = stream.acknowledgedIn(room);
    process.stdout.write(
      `synchronous: ${acknowledged.length} messages acknowledged, longest silence ${(stream.longestSilence / 1000).toFixed(1)} s\n`,
    );
    expect(acknowledged.length).toBeGreaterThanOrEqual(600);
    expect(acknowledged.filter((body) => !found.has(body))).toEqual([]);
    expect(found).toContain('after the gap');
  });
});
