import { Scaling, type WorkersOptions } from '../../../lib';
import { PUSH, WorkerSystem } from '../restarts/worker-system';
import { eventually } from '../support/kubectl';
import { type Procedure, printedCommands } from '../support/printed-commands';
import { Shell } from '../support/shell';
import { signalSynapse } from '../support/signal-synapse';
import type { System } from '../support/system';
import type { Changes } from '../support/system-chart';

const ROUNDS = Number(process.env.ROUNDS ?? 1);
const two = Scaling.fixed(2);
const WORKERS: WorkersOptions = {
  sync: two,
  client: two,
  eventCreators: two,
  eventPersisters: 2,
  media: 1,
  federationReaders: two,
  federationSenders: 1,
  pushers: 1,
  background: true,
  streams: { typing: 1, toDevice: 1, accountData: 1, receipts: 2, presence: 1, pushRules: 1, deviceLists: 1 },
};
const V3 = '/_matrix/client/v3';
const SYNC = 'deployment/matrix-synapse-sync';
/** Kinds of requests. */
const ALL = ['GET', 'POST', 'PUT', 'long poll', 'upload'];

jest.setTimeout(900_000 * ROUNDS);

let made: WorkerSystem;
let system: System;

beforeAll(async () => {
  made = await WorkerSystem.install('every-worker', WORKERS);
  system = made.system;
}, 900_000);
afterAll(async () => made?.remove());

const killed = (name: string) => signalSynapse(system, 'KILL', name);
const scaled = async (...numbers: number[]) => {
  for (const replicas of numbers) {
    await system.kubectl(['scale', SYNC, `--replicas=${replicas}`]);
    await system.kubectl(['rollout', 'status', SYNC, '--timeout=300s']);
    await new Promise((done) => setTimeout(done, 10_000));
  }
};
const lost = async (app: string) => {
  const pod = await system.kubectl(['get', 'pods', '-l', `app=${app}`, '-o', 'jsonpath={.items[0].metadata.name}']);
  await system.kubectl(['delete', 'pod', pod, '--grace-period=0', '--force']);
  await system.kubectl(['rollout', 'status', `deployment/${app}`, '--timeout=300s']);
};
/** All workers that have no case of their own. */
const everyOther = async (act: (name: string) => Promise<unknown>) => {
  const names = ['get', 'deployments,statefulsets', '-l', 'app.kubernetes.io/component=worker', '-o', 'name'];
  for (const name of (await system.kubectl(names)).split('\n').filter(Boolean)) {
    if (!/-(sync|client|event-creator|event-persister)$/.test(name)) await act(name);
  }
};
/** Runs printed commands with a changed manifest, and returns what they print. */
const printed = async (commands: string, changes: Changes = {}) => {
  const shell = Shell.withoutSystem(system.namespace, made.manifest(changes));
  const output = await shell.ok(`set -e\n${commands}`).finally(() => shell.close());
  await system.workersReady();
  return output;
};
const applied = (procedure: Procedure, changes: Changes) => printed(printedCommands(procedure), changes);

it('a drill of its backup needs no workers', async () => {
  expect((await system.run('matrix-backup', 'backup-1', 300)).succeeded).toBe(true);
  const { succeeded, log } = await system.run('matrix-restore-drill', 'drill-1', 400);
  expect(log).toMatch(/drill: .* restored in [0-9]+ s/);
  expect(succeeded).toBe(true);
});

it('a new worker waits until the main process has migrated the database, and the old one serves', async () => {
  const version = 'SELECT version FROM schema_version';
  const before = await system.sql(version);
  await system.sql('UPDATE schema_version SET version = version - 1');
  await system.kubectl(['rollout', 'restart', SYNC]);
  await eventually('a worker that waits', 120, async () => {
    const log = await system.kubectl(['logs', '-l', 'app=matrix-synapse-sync', '--all-containers', '--tail=-1']);
    return log.includes('the main process has not yet migrated the database');
  });
  await made.matrix.ok('GET', `${V3}/sync?timeout=0`, undefined, made.bea.token);
  await made.restart('deployment/matrix-synapse');
  await system.kubectl(['rollout', 'status', SYNC, '--timeout=300s']);
  expect(await system.sql(version)).toBe(before);
});

async function changeSetting() {
  const output = await applied('applyByKind', { homeserver: { ...PUSH, max_avatar_size: '1M' } });
  const changed = (apply: string) => apply.match(/^(deployment|statefulset)\S+-synapse\S* configured$/gm) ?? [];
  expect(changed(output).length).toBeGreaterThan(10);
  // The last one finds nothing to change.
  expect(changed(output.slice(output.lastIndexOf('complete'))).length).toBe(0);
}

/** Each of three persists some of twenty new rooms. */
async function addPersister() {
  await applied('changeWriters', { workers: { ...WORKERS, eventPersisters: 3 } });
  const before = await system.sql('SELECT max(stream_ordering) FROM events');
  const edge = await made.edge();
  for (let count = 0; count < 20; count++) await edge.ok('POST', `${V3}/createRoom`, {}, made.anna.token);
  const writers = `SELECT count(DISTINCT instance_name) FROM events WHERE stream_ordering > ${before}`;
  expect(await system.sql(writers)).toBe('3');
}

describe('while people write and wait', () => {
  beforeAll(() => made.startPeople(), 120_000);

  /** What happens, what may fail meanwhile, and how it is done. What a POST did is not known when its answer is missing. */
  type Case = [string, string[], () => Promise<unknown>];
  it.each<Case>([
    ['a kill of an event persister', ['PUT'], () => killed('statefulset/matrix-synapse-event-persister')],
    ['a kill of the main process', ['POST', 'upload'], () => killed('deployment/matrix-synapse')],
    ['a kill of sync', ['POST'], () => killed(SYNC)],
    ['a kill of client', ['POST'], () => killed('deployment/matrix-synapse-client')],
    ['a kill of an event creator', [], () => killed('deployment/matrix-synapse-event-creator')],
    ['a kill of each other worker', ['upload'], () => everyOther(killed)],
    ['a kill of Valkey', ['PUT'], () => lost('matrix-valkey')],
    ['a kill of a proxy', ALL, () => lost('matrix-edge')],
    ['sync scaled to 3, 1 and 2', [], () => scaled(3, 1, 2)],
    // The main process answers meanwhile.
    ['sync scaled to 0 and 2', [], () => scaled(0, 2)],
    ['a rollout of the main process', [], () => made.restart('deployment/matrix-synapse')],
    ['a rollout of sync', [], () => made.restart(SYNC)],
    ['a rollout of client', [], () => made.restart('deployment/matrix-synapse-client')],
    ['a rollout of the event creators', [], () => made.restart('deployment/matrix-synapse-event-creator')],
    ['a rollout of the event persisters', [], () => made.restart('statefulset/matrix-synapse-event-persister')],
    ['a rollout of each other worker', [], () => everyOther((name) => made.restart(name))],
    ['a new pod of Valkey', ['PUT'], () => made.restart('deployment/matrix-valkey')],
    // Files are stored by one process here, which can take longer to be back than the proxies wait.
    ['a changed setting', ['upload'], changeSetting],
    ['another event persister', ALL, addPersister],
  ])('few notice %s', async (what, mayFail, act) => {
    for (let round = 0; round < ROUNDS; round++) {
      const failed = await made.noticed(what, act);
      expect(failed.filter(({ kind }) => !mayFail.includes(kind))).toEqual([]);
    }
  });

  it('each message that was acknowledged is there once, also after a restore by the printed commands', async () => {
    const sent = made.acknowledged();
    const missing = async () => {
      const stored = await made.stored();
      return sent.filter((event) => !stored.includes(event));
    };
    expect(sent.length).toBeGreaterThan(100);
    expect(await missing()).toEqual([]);
    const [all, different] = await made.numbers();
    expect(all).toBe(different);

    const [stop, start] = printedCommands('restoreWithWorkers').split('\n');
    console.log(await printed([stop, printedCommands('restore'), start].join('\n')));
    await system.ready();
    expect(await missing()).toEqual([]);
    const path = `${V3}/rooms/${made.room}/send/m.room.message/after`;
    await (await made.edge()).ok('PUT', path, { msgtype: 'm.text', body: 'x' }, made.anna.token);
  });
});
