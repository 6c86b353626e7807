import { Chart, Duration, Testing, Yaml } from 'cdk8s';
import { MatrixEdge, MatrixPostgres, MatrixSynapse, MatrixTokenService, System as Shared } from '../../lib';
import { callSite } from '../../lib/calls/call-site';
import { PROXY_PORTS } from '../../lib/edge/proxy/proxy-ports';
import { logsOf, shownIn } from './platform/logs';
import { atNight } from './support/at-night';
import { INGRESS } from './support/controller';
import { eventually } from './support/kubectl';
import { type Account, type Answer, Matrix } from './support/matrix';
import { overheard } from './support/overheard';
import { PlainSfu } from './support/plain-sfu';
import { SfuGuest } from './support/sfu-guest';
import { System } from './support/system';

jest.setTimeout(300_000);

const V3 = '/_matrix/client/v3';
const SERVER = 'calls.test';
const CALLS = 'sfu.calls.test';
/** Seconds for which an OpenID token can be used again. */
const REUSE = 10;
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

function manifest(): string {
  const namespace = 'matrix-e2e-call-tokens';
  const chart = new Chart(Testing.app(), 'matrix', { namespace, disableResourceNameHashes: true });
  const facts = { serverName: SERVER, publicBaseUrl: `https://matrix.${SERVER}` };
  const shared = new Shared(chart, 'System', facts);
  const database = new MatrixPostgres(chart, 'Postgres', { system: shared });
  const homeserver = new MatrixSynapse(chart, 'Synapse', { system: shared, database, membershipLookup: true });
  const livekit = new PlainSfu(chart, 'Sfu', shared, 'http://livekit-token-service:3010/sfu_webhook');
  const openIdReuse = Duration.seconds(REUSE);
  const service = new MatrixTokenService(chart, 'Tokens', { system: shared, homeserver, livekit, openIdReuse });
  service.allowFrom(livekit);
  new MatrixEdge(chart, 'Edge', {
    system: shared,
    homeserver,
    entry: INGRESS,
    sites: [callSite(CALLS, livekit, service)],
  });
  return Yaml.stringify(...chart.toJson());
}

let system: System;
let matrix: Matrix;
let tokens: Matrix;
let edge: string;
let room: string;
let anna: Account;
let ben: Account;
let eve: Account;

beforeAll(async () => {
  const workloads = ['matrix-synapse', 'livekit', 'livekit-token-service', 'matrix-edge'].map(
    (name) => `deployment/${name}`,
  );
  system = await System.apply('call-tokens', manifest(), workloads);
  const secret = await system.secret('matrix-synapse-secret', 'registration_shared_secret');
  matrix = new Matrix(await system.url(), secret);
  tokens = new Matrix(await system.url('deployment/livekit-token-service', 3010));
  edge = await system.url('deployment/matrix-edge', PROXY_PORTS.sites.number);
  [anna, ben, eve] = await Promise.all(['anna', 'ben', 'eve'].map((name) => matrix.register(name)));
  room = await roomOf(anna, ben);
});
afterAll(async () => system?.remove());

const path = (id: string) => encodeURIComponent(id);

async function roomOf(owner: Account, ...others: Account[]): Promise<string> {
  const invite = others.map(({ userId }) => userId);
  const { room_id } = await matrix.ok('POST', `${V3}/createRoom`, { preset: 'private_chat', invite }, owner.token);
  for (const { token } of others) {
    await matrix.ok('POST', `${V3}/join/${path(room_id)}`, {}, token);
  }
  return room_id;
}

const openId = ({ userId, token }: Account) =>
  matrix.ok('POST', `${V3}/user/${path(userId)}/openid/request_token`, {}, token);

/** Asks for a token at the path of older clients. */
async function ask(account: Account, changes: object = {}, openid?: object): Promise<Answer> {
  const body = { room, device_id: 'DEVICE', openid_token: openid ?? (await openId(account)), ...changes };
  return tokens.request('POST', '/sfu/get', body);
}

/** Asks at the path of newer clients, which name the user. */
async function askAs(account: Account, claimed: string): Promise<Answer> {
  const member = { id: 'm', claimed_user_id: claimed, claimed_device_id: 'DEVICE' };
  const body = { room_id: room, slot_id: 'm.call#ROOM', openid_token: await openId(account), member };
  return tokens.request('POST', '/get_token', body);
}

const join = (jwt: string) => SfuGuest.join(edge, CALLS, jwt);
const refused = (jwt: string, status: number) => expect(join(jwt)).rejects.toThrow(`the answer was ${status}`);

const given: string[] = [];

async function jwtOf(account: Account, changes: object = {}): Promise<string> {
  const { status, body } = await ask(account, changes);
  expect(status).toBe(200);
  given.push(body.jwt);
  return body.jwt;
}

it('gives a member a token with which the SFU lets them in', async () => {
  for (const answer of [await ask(anna), await askAs(anna, anna.userId)]) {
    expect([answer.status, answer.body.url]).toEqual([200, `wss://calls.test/livekit/sfu`]);
    (await join(answer.body.jwt)).leave();
  }
});

it.each<[string, number, () => Promise<Answer>]>([
  ['a stranger with an account', 403, () => ask(eve)],
  ['a room that does not exist', 403, () => ask(anna, { room: `!none:${SERVER}` })],
  ['a forged OpenID token', 401, async () => ask(anna, {}, { ...(await openId(anna)), access_token: 'forged' })],
  ["another user's ID", 401, () => askAs(eve, anna.userId)],
  ...['matrix-synapse-main:8009', 'kubernetes.default.svc', '127.0.0.1:3010'].map(
    (matrix_server_name): [string, number, () => Promise<Answer>] => [
      `the server name ${matrix_server_name}`,
      401,
      async () => ask(eve, {}, { ...(await openId(eve)), matrix_server_name }),
    ],
  ),
  ['a large body', 413, () => ask(anna, { device_id: 'x'.repeat(70_000) })],
])('refuses %s', async (_, status, asking) => {
  const answer = await asking();
  expect([answer.status, answer.body.jwt]).toEqual([status, undefined]);
});

it('refuses an OpenID token that has expired, and one that was used before', async () => {
  const [expired, replayed] = [await openId(anna), await openId(anna)];
  await system.sql(`UPDATE open_id_tokens SET ts_valid_until_ms = 1 WHERE token = '${expired.access_token}'`);
  expect((await ask(anna, {}, expired)).status).toBe(401);
  expect((await ask(anna, {}, replayed)).status).toBe(200);
  await pause(REUSE * 1000 + 500);
  expect((await ask(anna, {}, replayed)).status).toBe(401);
  // Synapse itself would still accept it.
  const other = new Matrix(await system.url('deployment/matrix-synapse', 8009));
  const query = `access_token=${replayed.access_token}`;
  expect((await other.request('GET', `/_matrix/federation/v1/openid/userinfo?${query}`)).body.sub).toBe(anna.userId);
});

it('ends the connection of one who is kicked, who does not come back', async () => {
  const own = await roomOf(anna, ben);
  const [hers, his] = [await jwtOf(anna, { room: own }), await jwtOf(ben, { room: own })];
  const [first, second] = [await join(hers), await join(his)];
  expect(await second.staysFor(2500)).toBe(true);
  const newer = second.newerToken() ?? '';
  (await join(newer)).leave();
  const kicked = Date.now();
  await matrix.ok('POST', `${V3}/rooms/${path(own)}/kick`, { user_id: ben.userId }, anna.token);
  expect((await ask(ben, { room: own })).status).toBe(403);
  await Promise.all([his, newer].map((jwt) => refused(jwt, 403)));
  await second.ended;
  const took = Date.now() - kicked;
  console.log(`kicked: gone after ${took} ms`);
  expect(took).toBeLessThan(5000);
  await Promise.all([his, newer].map((jwt) => refused(jwt, 403)));
  // LiveKit would begin a session before it looks at the method.
  await expect(SfuGuest.join(edge, CALLS, his, 'OPTIONS')).rejects.toThrow('the answer was 404');
  expect(await first.staysFor(1)).toBe(true);
  first.leave();
});

atNight.it('refuses an old token for a room that has closed', async () => {
  const own = await roomOf(anna, ben);
  const [hers, his] = [await jwtOf(anna, { room: own }), await jwtOf(ben, { room: own })];
  const [first, second] = [await join(hers), await join(his)];
  await matrix.ok('POST', `${V3}/rooms/${path(own)}/kick`, { user_id: ben.userId }, anna.token);
  await second.ended;
  first.leave();
  // The SFU waits 20 seconds for those who have left, and looks at its rooms now and then.
  await pause(45_000);
  await refused(his, 403);
  await refused(hers, 404);
});

it('opens the room of a member again in a SFU that was restarted, and none of one who was kicked', async () => {
  const [own, other] = [await roomOf(anna, ben), await roomOf(anna, ben)];
  const [hers, his] = [await jwtOf(anna, { room: own }), await jwtOf(ben, { room: other })];
  const [first, second] = [await join(hers), await join(his)];
  // A look of both replicas.
  expect([await first.staysFor(2500), await second.staysFor(1)]).toEqual([true, true]);
  await matrix.ok('POST', `${V3}/rooms/${path(other)}/kick`, { user_id: ben.userId }, anna.token);
  const crashed = Date.now();
  await system.exec('deployment/livekit', 'sh', '-c', 'kill -ABRT 1');
  await eventually('an open room', 30, () => join(hers).catch(() => undefined));
  console.log(`SFU crashed: the room of a member is open again after ${Date.now() - crashed} ms`);
  await refused(his, 403);
});

it('answers few of 200 requests that one user sends within a second', async () => {
  const token = await openId(eve);
  const own = await roomOf(eve);
  const began = Date.now();
  const answers = await Promise.all(Array.from({ length: 200 }, () => ask(eve, { room: own }, token)));
  const count = (status: number) => answers.filter((answer) => answer.status === status).length;
  console.log(`200 requests: ${count(200)} tokens, ${count(429)} refused, ${Date.now() - began} ms`);
  expect(count(200)).toBeLessThanOrEqual(15);
  const others = answers.filter(({ status }) => ![200, 429].includes(status));
  // The log says why.
  const why = others.length > 0 ? await system.kubectl(['logs', 'deployment/livekit-token-service', '--tail=40']) : '';
  expect(others.map(({ status, body }) => `${status} ${JSON.stringify(body)} ${why}`)).toEqual([]);
  // Others are not held up.
  expect((await ask(anna)).status).toBe(200);
});

it('shows no token or password in a log, whatever the answer was', async () => {
  const logs = await logsOf({ system });
  expect(shownIn(logs)).toEqual([]);
  // There was something to find, and somewhere to look, also what LiveKit wrote when it was killed.
  expect(given.length).toBeGreaterThan(2);
  expect(overheard()).toEqual(expect.arrayContaining([...given, anna.token, ben.token, eve.token]));
  const written = logs.filter(({ text }) => text).map(({ container }) => container.split('/')[1]);
  expect(written).toEqual(expect.arrayContaining(['synapse', 'haproxy', 'sfu', 'token-service']));
});
