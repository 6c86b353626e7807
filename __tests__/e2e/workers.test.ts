import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Scaling } from '../../lib';
import { WorkerSystem } from './restarts/worker-system';
import { Matrix } from './support/matrix';
import { signalSynapse } from './support/signal-synapse';

const two = Scaling.fixed(2);
/** One of each kind; `every-worker` has all. */
const WORKERS = {
  sync: two,
  client: two,
  eventCreators: two,
  eventPersisters: 1,
  media: 1,
  streams: { typing: 1, toDevice: 1 },
};
/** What Synapse answers; see the test of the routes. */
const SERVLETS = readFileSync(join(__dirname, '../synapse/workers/servlets.txt'), 'utf8').trim().split('\n');
const C = '/_matrix/client/v3';

jest.setTimeout(900_000);

let made: WorkerSystem;

beforeAll(async () => {
  made = await WorkerSystem.install('workers', WORKERS);
}, 900_000);
afterAll(async () => made?.remove());

it.each([
  ['clients and operators', 8010, /^\/_(matrix\/client|synapse)\//, 270],
  // But for the notary of keys and thumbnails, which the proxies refuse.
  ['other servers', 8009, /^\/_matrix\/(federation|key)\/(?!v1\/media\/thumbnail|v2\/query)/, 33],
])('every request of %s is answered by a process that may', async (_, port, those, count) => {
  const asked = SERVLETS.map((line) => line.split(' ')).filter(([, pattern]) => those.test(pattern));
  const frontend = new Matrix(await made.system.url('deployment/matrix-edge', port));
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
  const { matrix, anna, bea, room } = made;
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
  const { matrix, anna, bea } = made;
  const bytes = new Uint8Array(300_000).fill(7);
  const { content_uri } = await matrix.ok('POST', '/_matrix/media/v3/upload?filename=x', bytes, anna.token);
  const path = `/_matrix/client/v1/media/download/${content_uri.replace('mxc://', '')}`;
  const answer = await matrix.request('GET', path, undefined, bea.token);
  expect([answer.status, answer.body.length]).toEqual([200, 300_000]);
});

it('each kind of worker has answered requests', async () => {
  const metrics = await (await fetch(`${await made.system.url('deployment/matrix-edge', 8404)}/metrics`)).text();
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

describe('while people write and wait', () => {
  beforeAll(() => made.startPeople(), 120_000);

  /** What happens, what may fail meanwhile, and how it is done. */
  type Case = [string, string[], () => Promise<unknown>];
  it.each<Case>([
    [
      'a kill of an event persister',
      ['PUT'],
      () => signalSynapse(made.system, 'KILL', 'statefulset/matrix-synapse-event-persister'),
    ],
    ['a rollout of the main process', [], () => made.restart('deployment/matrix-synapse')],
  ])('few notice %s', async (what, mayFail, act) => {
    const failed = await made.noticed(what, act);
    expect(failed.filter(({ kind }) => !mayFail.includes(kind))).toEqual([]);
  });

  it('each message that was acknowledged is there once', async () => {
    const sent = made.acknowledged();
    const stored = await made.stored();
    expect(sent.length).toBeGreaterThan(60);
    expect(sent.filter((event) => !stored.includes(event))).toEqual([]);
    const [all, different] = await made.numbers();
    expect(all).toBe(different);
  });
});
