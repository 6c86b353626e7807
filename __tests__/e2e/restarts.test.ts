import { randomBytes } from 'node:crypto';
import { People } from './restarts/people';
import { CORE } from './support/at-night';
import { eventually } from './support/kubectl';
import { type Account, Matrix } from './support/matrix';
import { startClient } from './support/probe-pod';
import { signalSynapse } from './support/signal-synapse';
import { System } from './support/system';

const SYNAPSE = 'deployment/matrix-synapse';
const ROUNDS = Number(process.env.ROUNDS ?? 1);
/** Seconds. More processes than cores make everything slower: set it for such a machine. */
const LONGEST = Number(process.env.LONGEST ?? 12);

jest.setTimeout(ROUNDS * 300_000);

let system: System;
let people: People;
let anna: Account;
let room: string;
let matrix: Matrix;

beforeAll(async () => {
  system = await System.install('restarts', startClient);
  matrix = new Matrix(await system.url(), await system.secret('matrix-synapse-secret', 'registration_shared_secret'));
  const admin = await matrix.register('admin', true);
  anna = await matrix.register('anna');
  const bea = await matrix.register('bea');
  await matrix.liftLimits(anna.userId, admin);
  room = (await matrix.ok('POST', '/_matrix/client/v3/createRoom', {}, anna.token)).room_id;
  people = await People.start(system, { room, token: anna.token, waiting: bea.token });
}, 400_000);
afterAll(async () => {
  people?.stop();
  await system?.remove();
});

const restart = async () => {
  await system.kubectl(['rollout', 'restart', SYNAPSE]);
  await system.ready();
};

/** Changes one that only Synapse reads, and waits until it has. The kubelet takes up to a minute for it. */
const changeSecret = async () => {
  const ends = async () => (await system.kubectl(['logs', SYNAPSE])).split('keep-running: Synapse ended').length;
  const before = await ends();
  const value = Buffer.from(randomBytes(16).toString('hex')).toString('base64');
  const patch = JSON.stringify({ data: { form_secret: value } });
  await system.kubectl(['patch', 'secret', 'matrix-synapse-secret', '-p', patch]);
  await eventually('the end of the one before', 180, async () => (await ends()) > before);
};

/** Kills it while its next process waits. */
const kill = async () => {
  await eventually('the next process of Synapse', 90, () =>
    system.exec(SYNAPSE, 'test', '-e', '/tmp/next').then(() => true),
  );
  await signalSynapse(system, 'KILL');
};

type Case = [string, string[], () => Promise<unknown>];
const RELOAD: Case = ['a reload of the Secrets', [], changeSecret];

it.each<Case>([
  ['a rollout', [], restart],
  // What a POST did is not known when its answer is missing.
  ['a kill in place', ['POST', 'upload'], kill],
  // `rotation` changes them too.
  ...(CORE ? [] : [RELOAD]),
])('nobody is refused during %s', async (what, mayFail, act) => {
  for (let round = 0; round < ROUNDS; round++) {
    const began = Date.now();
    await act();
    const asked = await people.after(began);
    const failed = asked.filter(({ status, kind }) => status !== 200 && !mayFail.includes(kind));
    const short = asked.filter(({ kind }) => kind !== 'long poll');
    const longest = Math.max(...short.map(({ took }) => took));
    const broken = asked.filter(({ status }) => status !== 200);
    const lost = broken.map(({ kind, status, took }) => `${kind} ${status} after ${took.toFixed(1)} s`);
    console.log(
      `restarts: ${what}: ${broken.length} of ${asked.length} failed (${lost}), the longest wait was ${longest.toFixed(1)} s`,
    );
    expect(short.length).toBeGreaterThan(20);
    expect(failed).toEqual([]);
    expect(longest).toBeLessThan(LONGEST);
  }
});

it('each message is there once', async () => {
  await system.ready();
  // Nothing is acknowledged after the list was made.
  people.stop();
  const sent = people.heard.flatMap(({ event }) => (event ? [event] : []));
  const there = (await system.sql("SELECT event_id FROM events WHERE type = 'm.room.message'")).split('\n');
  expect(sent.length).toBeGreaterThan(100);
  expect(sent.filter((event) => !there.includes(event))).toEqual([]);
  expect(new Set(sent).size).toBe(sent.length);
});
