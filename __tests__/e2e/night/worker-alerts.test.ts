import { Duration } from 'cdk8s';
import { Scaling, Workers } from '../../../lib';
import type { Account, Matrix } from '../support/matrix';
import { askedSelectors } from '../watched/asked-series';
import { EVENT_SERIES } from '../watched/event-series';
import { arrival, type Fault, scaledAway } from '../watched/faults';
import { printedCommand } from '../watched/runbook';
import { WatchedSystem } from '../watched/watched-system';

const NAMESPACE = 'matrix-e2e-worker-alerts';
const V3 = '/_matrix/client/v3';
/** Seconds over which the longest rate of these alerts goes. */
const RATE = 600;
jest.setTimeout(1200_000);

let watched: WatchedSystem;
let edge: Matrix;
let anna: Account;

beforeAll(async () => {
  const workers = Workers.of({ sync: Scaling.fixed(1) });
  watched = await WatchedSystem.install('worker-alerts', Duration.minutes(5), { workers });
  await watched.system.workersReady();
  edge = await watched.client();
  anna = await edge.register('anna');
});
afterAll(async () => watched?.remove());

async function endedBy({ alert, remedy }: Pick<Fault, 'alert' | 'remedy'>): Promise<void> {
  const since = Date.now() / 1000;
  await watched.shell.ok(remedy());
  const { receivedAt } = await watched.prometheus.arrived(NAMESPACE, alert, 'resolved', since, RATE + 120);
  console.log(`${alert}: its end arrived ${Math.round(receivedAt - since)} s after the commands`);
}

it('MatrixWorkerDown arrives, and ends by its runbook', async () => {
  const cause = 'kubectl scale deployment/matrix-synapse-sync --replicas=0 -n caritas';
  const remedy = () => printedCommand('how-to/workers.md', 'deployment/matrix-synapse-sync --replicas=1');
  const fault = { alert: 'MatrixWorkerDown', cause, remedy };
  console.log(await arrival(watched, fault));
  await endedBy(fault);
});

it('MatrixValkeyDown and MatrixReplicationBehind arrive, and end by their runbooks', async () => {
  const fault = scaledAway('MatrixValkeyDown', 'deployment/matrix-valkey');
  const behind = { alert: 'MatrixReplicationBehind', remedy: () => 'true' };
  const main = await watched.client('deployment/matrix-synapse', 8008);
  const reading = { goesOn: true };
  console.log(await arrival(watched, fault));
  const asked = readAhead(main, reading);
  try {
    console.log(await arrival(watched, behind));
  } finally {
    reading.goesOn = false;
    await asked;
  }
  await endedBy(fault);
  await endedBy(behind);
});

/** Asks the worker for what follows on something that the main process has written and the worker has not heard of. */
async function readAhead(main: Matrix, reading: { goesOn: boolean }): Promise<void> {
  for (let number = 0; reading.goesOn; number++) {
    await main.ok('PUT', `${V3}/user/${anna.userId}/account_data/test.number`, { number }, anna.token);
    const { next_batch } = await main.ok('GET', `${V3}/sync?timeout=0`, undefined, anna.token);
    await edge.ok('GET', `${V3}/sync?timeout=0&since=${next_batch}`, undefined, anna.token);
  }
}

it('has the series that exist only with workers', async () => {
  const parts = Object.keys(EVENT_SERIES).filter((part) => EVENT_SERIES[part] === 'only with workers');
  const asked = askedSelectors(watched.rules, NAMESPACE);
  const answers = parts.map(async (part) => {
    const selectors = asked.filter((selector) => selector.includes(part));
    const found = await Promise.all(selectors.map((selector) => watched.prometheus.query(selector)));
    return [part, selectors.length > 0 && found.every((series) => series.length > 0)];
  });
  expect(await Promise.all(answers)).toEqual(parts.map((part) => [part, true]));
});
