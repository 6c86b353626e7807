import { parseAllDocuments, stringify } from 'yaml';
import { CORE } from './support/at-night';
import { eventually } from './support/kubectl';
import { type Account, Matrix } from './support/matrix';
import { PortForward } from './support/port-forward';
import { signalSynapse } from './support/signal-synapse';
import { Stream, seededRandom } from './support/stream';
import { System } from './support/system';

jest.setTimeout(420_000);

const SEED = Number(process.env.SEED ?? 1);
const MESSAGES = CORE ? 800 : 2000;

/** Commands that kill a process of PostgreSQL, run inside its container. */
const VICTIMS = {
  postgres: 'kill -9 $(head -n 1 $PGDATA/postmaster.pid)',
  backend: `kill -9 $(psql -U postgres -Atc "SELECT pid FROM pg_stat_activity WHERE usename = 'synapse_user' ORDER BY state_change DESC LIMIT 1")`,
};
const EACH = ['synapse', 'postgres', 'backend'] as const;
const KILLS = CORE ? EACH : ([...EACH, 'synapse', 'postgres', 'synapse', 'postgres'] as const);

/** The system, with a parent process in each container: its first process cannot be killed from inside. */
function killable(manifest: string): string {
  const objects = parseAllDocuments(manifest).map((document) => document.toJS());
  for (const { kind, spec } of objects) {
    if (['Deployment', 'StatefulSet'].includes(kind)) {
      spec.template.spec.shareProcessNamespace = true;
    }
  }
  return objects.map((object) => stringify(object)).join('---\n');
}

describe('a stream of messages while Synapse and PostgreSQL are killed', () => {
  let system: System;
  let way: PortForward;
  let matrix: Matrix;
  let accounts: Account[];
  let rooms: string[];
  let stream: Stream;

  const restarts = async (app: string): Promise<number> => {
    const path = 'jsonpath={.items[*].status.containerStatuses[0].restartCount}';
    return Number(await system.kubectl(['get', 'pods', '-l', `app=${app}`, '-o', path]));
  };
  const crashesOfBackends = async (): Promise<number> => {
    // Kubernetes keeps the logs of only the present and the previous container.
    const logs = [
      await system.kubectl(['logs', 'matrix-postgres-0']),
      await system.kubectl(['logs', 'matrix-postgres-0', '--previous']).catch(() => ''),
    ];
    return logs.join('').split('was terminated by signal 9').length - 1;
  };
  /** A killed Synapse is started again in its container. */
  const endsOfSynapse = async (): Promise<number> =>
    (await system.kubectl(['logs', 'deployment/matrix-synapse'])).split('Synapse was ended by signal 9').length - 1;
  const kill = async (victim: (typeof KILLS)[number]) => {
    const seen = { synapse: endsOfSynapse, postgres: () => restarts('matrix-postgres'), backend: crashesOfBackends }[
      victim
    ];
    const before = await seen();
    // The shell may be killed too, so only the effect counts.
    const killed =
      victim === 'synapse'
        ? signalSynapse(system, 'KILL')
        : system.exec('statefulset/matrix-postgres', 'sh', '-c', VICTIMS[victim]);
    await killed.catch(() => undefined);
    await eventually(`the end of ${victim}`, 90, async () => (await seen()) > before);
  };
  /** Number of times that each body is in a room. */
  const found = async (room: string): Promise<Map<string, number>> => {
    const bodies = new Map<string, number>();
    for (let from = ''; ; ) {
      const path = `/_matrix/client/v3/rooms/${room}/messages?dir=b&limit=500${from}`;
      const { chunk, end } = await matrix.ok('GET', path, undefined, accounts[0].token);
      for (const { type, content } of chunk) {
        if (type === 'm.room.message') {
          bodies.set(content.body, (bodies.get(content.body) ?? 0) + 1);
        }
      }
      if (!end) {
        return bodies;
      }
      from = `&from=${end}`;
    }
  };

  beforeAll(async () => {
    system = await System.apply('crash', killable(System.synth('crash')));
    way = await PortForward.open(system.namespace, 'deployment/matrix-synapse', 8008);
    matrix = new Matrix(way.url, await system.secret('matrix-synapse-secret', 'registration_shared_secret'));
    const admin = await matrix.register('admin', true);
    accounts = [];
    for (const name of ['anna', 'bea', 'carla', 'dora']) {
      const account = await matrix.register(name);
      await matrix.liftLimits(account.userId, admin);
      accounts.push(account);
    }
    rooms = [];
    for (const name of ['one', 'two', 'three']) {
      const room = { name, preset: 'public_chat' };
      const { room_id } = await matrix.ok('POST', '/_matrix/client/v3/createRoom', room, accounts[0].token);
      for (const { token } of accounts.slice(1)) {
        await matrix.ok('POST', `/_matrix/client/v3/rooms/${room_id}/join`, {}, token);
      }
      rooms.push(room_id);
    }
    stream = new Stream(way, accounts, rooms);
  });
  afterAll(async () => {
    stream?.abandon();
    way?.close();
    await system?.remove();
  });

  it(`recovers by itself after each kill (seed ${SEED})`, async () => {
    const random = seededRandom(SEED);
    for (const victim of KILLS) {
      await stream.reaches(stream.acknowledged + 50 + Math.floor(random() * 150));
      await kill(victim);
    }
    await stream.reaches(MESSAGES);
    await stream.stop();
    expect(stream.refusals).toEqual([]);
    expect(await endsOfSynapse()).toBe(KILLS.filter((victim) => victim === 'synapse').length);
    expect(await restarts('matrix-synapse')).toBe(0);
    expect(await restarts('matrix-postgres')).toBe(KILLS.filter((victim) => victim === 'postgres').length);
  });

  it('has every acknowledged message exactly once', async () => {
    const lost: string[] = [];
    const doubled: string[] = [];
    const unasked: string[] = [];
    for (const room of rooms) {
      const acknowledged = new Set(stream.acknowledgedIn(room));
      const inRoom = await found(room);
      lost.push(...[...acknowledged].filter((body) => !inRoom.has(body)));
      unasked.push(...[...inRoom.keys()].filter((body) => !acknowledged.has(body)));
      doubled.push(...[...inRoom].filter(([, times]) => times > 1).map(([body]) => body));
    }
    const { acknowledged, repeats, longestSilence } = stream;
    process.stdout.write(
      `crash: ${KILLS.length} kills, ${acknowledged} messages acknowledged, sent again ${repeats} times, ` +
        `${lost.length} lost, ${doubled.length} doubled, longest silence ${(longestSilence / 1000).toFixed(1)} s\n`,
    );
    expect({ lost, doubled, unasked }).toEqual({ lost: [], doubled: [], unasked: [] });
  });
});
