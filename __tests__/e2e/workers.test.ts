import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Scaling, type WorkersOptions } from '../../lib';
import { People } from './restarts/people';
import { atNight, CORE } from './support/at-night';
import { type Account, Matrix } from './support/matrix';
import { type Procedure, printedCommands } from './support/printed-commands';
import { startClient } from './support/probe-pod';
import { Shell } from './support/shell';
import { signalSynapse } from './support/signal-synapse';
import { System } from './support/system';
import { type Changes, changedSystem } from './support/system-chart';

const ROUNDS = Number(process.env.ROUNDS ?? 1);
const two = Scaling.fixed(2);
/** One of each kind in CI; with EVERY=1 all that there are, for a night. */
const WORKERS: WorkersOptions = {
  sync: two,
  client: two,
  eventCreators: two,
  eventPersisters: 1,
  media: 1,
  streams: { typing: 1, toDevice: 1 },
  ...(process.env.EVERY
    ? {
        eventPersisters: 2,
        federationReaders: two,
        federationSenders: 1,
        pushers: 1,
        background: true,
        streams: { typing: 1, toDevice: 1, accountData: 1, receipts: 2, presence: 1, pushRules: 1, deviceLists: 1 },
      }
    : {}),
};
/** What Synapse answers; see the test of the routes. */
const SERVLETS = readFileSync(join(__dirname, '../synapse/workers/servlets.txt'), 'utf8').trim().split('\n');
const C = '/_matrix/client/v3';
const PUSH = { push: { enabled: true } };
/** Kinds of requests. */
const ALL = ['GET', 'POST', 'PUT', 'long poll', 'upload'];

const manifestOf = (changes: Changes = {}) =>
  changedSystem('matrix-e2e-workers', { homeserver: PUSH, workers: WORKERS, ...changes });

jest.setTimeout(900_000 * ROUNDS);

let system: System;
let matrix: Matrix;
let people: People;
let anna: Account;
let bea: Account;
let room: string;

beforeAll(async () => {
  system = await System.apply('workers', manifestOf(), undefined, startClient);
  await system.workersReady();
  const secret = await system.secret('matrix-synapse-secret', 'registration_shared_secret');
  matrix = new Matrix(await system.url('deployment/matrix-edge', 8010), secret);
  const admin = await matrix.register('admin', true);
  [anna, bea] = [await matrix.register('anna'), await matrix.register('bea')];
  await matrix.liftLimits(anna.userId, admin);
  room = (await matrix.ok('POST', `${C}/createRoom`, { invite: [bea.userId] }, anna.token)).room_id;
  await matrix.ok('POST', `${C}/join/${room}`, {}, bea.token);
}, 900_000);
afterAll(async () => {
  people?.stop();
  await system?.remove();
});

it.each([
  ['clients and operators', 8010, /^\/_(matrix\/client|synapse)\//, 270],
  // But for the notary of keys and thumbnails, which the proxies refuse.
  ['other servers', 8009, /^\/_matrix\/(federation|key)\/(?!v1\/media\/thumbnail|v2\/query)/, 33],
])('every request of %s is answered by a process that may', async (_, port, those, count) => {
  const asked = SERVLETS.map((line) => line.split(' ')).filter(([, pattern]) => those.test(pattern));
  const frontend = new Matrix(await system.url('deployment/matrix-edge', port));
  const unknown: string[] = [];
  for (const [method, pattern] of asked) {
    const path = pattern.replace(/\{([^,}]*)[^}]*\}/g, '$1');
    const { status, body } = await frontend.request(method, path, method === 'GET' ? undefined : {});
    // 404 with this code: the process has no such request. 503: no process is there.
    if (body?.errcode === 'M_UNRECOGNIZED' || status >= 500) unknown.push(`${method} ${path}: ${status}`);
  }
  expect(asked.length).toBeGreaterThanOrEqual(count);
  expect(unknown).toEqual([]);
});

it('what one process does reaches people at another', async () => {
  const filter = encodeURIComponent(JSON.stringify({ room: { timeline: { limit: 1 } } }));
  const { next_batch: since } = await matrix.ok('GET', `${C}/sync?timeout=0&filter=${filter}`, undefined, bea.token);
  await matrix.ok('PUT', `${C}/rooms/${room}/typing/${anna.userId}`, { typing: true, timeout: 30000 }, anna.token);
  const device = { messages: { [bea.userId]: { '*': { hello: 'device' } } } };
  await matrix.ok('PUT', `${C}/sendToDevice/m.test/1`, device, anna.token);
  const { event_id: event } = await matrix.ok(
    'PUT',
    `${C}/rooms/${room}/send/m.room.message/1`,
    { msgtype: 'm.text', body: 'hello' },
    anna.token,
  );
  await matrix.ok('POST', `${C}/rooms/${room}/read_markers`, { 'm.read': event, 'm.fully_read': event }, anna.token);
  await matrix.ok('PUT', `${C}/user/${bea.userId}/account_data/m.test`, { hello: 'data' }, bea.token);
  let next = since;
  const seen = new Set<string>();
  for (let turn = 0; turn < 20 && seen.size < 5; turn++) {
    const news = await matrix.ok('GET', `${C}/sync?timeout=1000&since=${next}`, undefined, bea.token);
    next = news.next_batch;
    const joined = news.rooms?.join?.[room] ?? {};
    for (const { type } of joined.ephemeral?.events ?? []) seen.add(type);
    for (const { type } of news.to_device?.events ?? []) seen.add(type);
    for (const { event_id } of joined.timeline?.events ?? []) if (event_id === event) seen.add('message');
    for (const { type } of news.account_data?.events ?? []) if (type === 'm.test') seen.add('account data');
  }
  expect([...seen].sort()).toEqual(['account data', 'm.receipt', 'm.test', 'm.typing', 'message']);
});

it('files are stored by the media repository and served', async () => {
  const bytes = new Uint8Array(300_000).fill(7);
  const { content_uri } = await matrix.ok('POST', '/_matrix/media/v3/upload?filename=x', bytes, anna.token);
  const path = `/_matrix/client/v1/media/download/${content_uri.replace('mxc://', '')}`;
  const answer = await matrix.request('GET', path, undefined, bea.token);
  expect([answer.status, answer.body.length]).toEqual([200, 300_000]);
});

it('each kind of worker has answered requests', async () => {
  const metrics = await (await fetch(`${await system.url('deployment/matrix-edge', 8404)}/metrics`)).text();
  const answered = (backend: string) => {
    const lines = metrics.match(
      new RegExp(`^haproxy_backend_http_responses_total\\{proxy="${backend}",code="2xx"\\} (\\d+)`, 'm'),
    );
    return Number(lines?.[1]);
  };
  const clients = metrics.matchAll(
    /^haproxy_server_http_responses_total\{proxy="client",server="(client\d)".* [1-9]/gm,
  );
  expect(new Set([...clients].map(([, server]) => server)).size).toBe(2);
  const backends = ['sync', 'client', 'event_creator', 'typing', 'to_device', 'media'];
  expect(backends.filter((backend) => !(answered(backend) > 0))).toEqual([]);
});

atNight.it('a drill of its backup needs no workers', async () => {
  expect((await system.run('matrix-backup', 'backup-1', 300)).succeeded).toBe(true);
  const { succeeded, log } = await system.run('matrix-restore-drill', 'drill-1', 400);
  expect(log).toMatch(/drill: .* restored in [0-9]+ s/);
  expect(succeeded).toBe(true);
});

describe('while people write and wait', () => {
  beforeAll(async () => {
    people = await People.start(system, { room, token: anna.token, waiting: bea.token });
  }, 120_000);

  const restart = (name: string) => async () => {
    await system.kubectl(['rollout', 'restart', name]);
    await system.kubectl(['rollout', 'status', name, '--timeout=300s']);
  };
  const scale = async () => {
    for (const replicas of [3, 1, 2]) {
      await system.kubectl(['scale', 'deployment/matrix-synapse-sync', `--replicas=${replicas}`]);
      await system.kubectl(['rollout', 'status', 'deployment/matrix-synapse-sync', '--timeout=300s']);
      await new Promise((done) => setTimeout(done, 8_000));
    }
  };

  /** Applies changes by the commands that are printed for it, and returns what they print. */
  const applied = async (procedure: Procedure, changes: Changes) => {
    const shell = Shell.withoutSystem(system.namespace, manifestOf(changes));
    const printed = await shell.ok(`set -e\n${printedCommands(procedure)}`).finally(() => shell.close());
    await system.workersReady();
    return printed;
  };
  const changeSetting = async () => {
    const printed = await applied('applyByKind', { homeserver: { ...PUSH, max_avatar_size: '1M' } });
    const changed = (apply: string) => apply.match(/^(deployment|statefulset)\S+-synapse\S* configured$/gm) ?? [];
    expect(changed(printed).length).toBeGreaterThan(5);
    // The last one finds nothing to change.
    expect(changed(printed.slice(printed.lastIndexOf('complete'))).length).toBe(0);
  };
  /** Each of three persists some of twenty new rooms. */
  const addPersister = async () => {
    await applied('changeWriters', { workers: { ...WORKERS, eventPersisters: 3 } });
    const before = await system.sql('SELECT max(stream_ordering) FROM events');
    // The way to the proxy that was killed is gone.
    const edge = new Matrix(await system.url('deployment/matrix-edge', 8010));
    for (let count = 0; count < 20; count++) await edge.ok('POST', `${C}/createRoom`, {}, anna.token);
    const writers = `SELECT count(DISTINCT instance_name) FROM events WHERE stream_ordering > ${before}`;
    expect(await system.sql(writers)).toBe('3');
  };
  const everyOther = (act: (name: string) => Promise<unknown>) => async () => {
    const names = ['get', 'deployments,statefulsets', '-l', 'app.kubernetes.io/component=worker', '-o', 'name'];
    for (const name of (await system.kubectl(names)).split('\n').filter(Boolean)) {
      if (!/-(sync|client|event-creator|event-persister)$/.test(name)) await act(name);
    }
  };
  const lost = (app: string) => async () => {
    const pod = await system.kubectl(['get', 'pods', '-l', `app=${app}`, '-o', 'jsonpath={.items[0].metadata.name}']);
    await system.kubectl(['delete', 'pod', pod, '--grace-period=0', '--force']);
    await system.kubectl(['rollout', 'status', `deployment/${app}`, '--timeout=300s']);
  };

  /** What happens, what may fail meanwhile, and how it is done. What a POST did is not known when its answer is missing. */
  type Case = [string, string[], () => Promise<unknown>];
  const cases: Case[] = [
    [
      'a kill of an event persister',
      ['PUT'],
      () => signalSynapse(system, 'KILL', 'statefulset/matrix-synapse-event-persister'),
    ],
    ['a rollout of the main process', [], restart('deployment/matrix-synapse')],
  ];
  const more: Case[] = [
    ['sync scaled to 3, 1 and 2', [], scale],
    ['a rollout of the event creators', [], restart('deployment/matrix-synapse-event-creator')],
    ['a kill of the main process', ['POST', 'upload'], () => signalSynapse(system, 'KILL')],
    ['a new pod of Valkey', ['PUT'], restart('deployment/matrix-valkey')],
    ['a rollout of sync', [], restart('deployment/matrix-synapse-sync')],
    ['a rollout of client', [], restart('deployment/matrix-synapse-client')],
    ['a kill of sync', ['POST'], () => signalSynapse(system, 'KILL', 'deployment/matrix-synapse-sync')],
    ['a kill of client', ['POST'], () => signalSynapse(system, 'KILL', 'deployment/matrix-synapse-client')],
    ['a kill of an event creator', [], () => signalSynapse(system, 'KILL', 'deployment/matrix-synapse-event-creator')],
    ['a kill of Valkey', ['PUT'], lost('matrix-valkey')],
    ['a kill of a proxy', ALL, lost('matrix-edge')],
    ['a rollout of the event persisters', [], restart('statefulset/matrix-synapse-event-persister')],
    ['a rollout of each other worker', [], everyOther((name) => restart(name)())],
    ['a kill of each other worker', ['upload'], everyOther((name) => signalSynapse(system, 'KILL', name))],
    ['a changed setting', [], changeSetting],
    ['another event persister', ALL, addPersister],
  ];
  it.each(CORE ? cases : [...cases, ...more])('few notice %s', async (what, mayFail, act) => {
    for (let round = 0; round < ROUNDS; round++) {
      const began = Date.now();
      await act();
      const asked = await people.after(began);
      const failed = asked.filter(({ status, kind }) => status !== 200 && !mayFail.includes(kind));
      const longest = (kind: string) =>
        Math.max(0, ...asked.filter((one) => one.kind === kind).map(({ took }) => took));
      const broken = asked.filter(({ status }) => status !== 200).length;
      const waits = ['GET', 'POST', 'PUT', 'upload'].map((kind) => `${kind} ${longest(kind).toFixed(1)} s`).join(', ');
      console.log(`workers: ${what}: ${broken} of ${asked.length} failed, the longest waits were ${waits}`);
      expect(failed).toEqual([]);
    }
  });

  it('each message that was acknowledged is there once', async () => {
    people.stop();
    const sent = people.heard.flatMap(({ event }) => (event ? [event] : []));
    const there = (await system.sql("SELECT event_id FROM events WHERE type = 'm.room.message'")).split('\n');
    expect(sent.length).toBeGreaterThan(CORE ? 60 : 100);
    expect(sent.filter((event) => !there.includes(event))).toEqual([]);
    const numbers = await system.sql(
      "SELECT count(*), count(DISTINCT (json::json->'content'->>'number')) FROM event_json JOIN events USING (event_id) WHERE type = 'm.room.message' AND json::json->'content'->>'number' IS NOT NULL",
    );
    const [all, different] = numbers.split('|');
    expect(all).toBe(different);
  });
});
