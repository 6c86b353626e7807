import { SystemSize } from '../../../lib';
import { median } from '../../../tools/bench/statistics';
import { withHistory } from '../load/history';
import { byRole, ratios, report, rounds, type Turn } from '../load/rounds';
import { ours, peopled, stock, type Used, workersOf } from '../load/systems';
import { removeNamespace } from '../support/system';

/** Copy of a database with history, made when it is missing. Without one, that system is left out. */
const FILE = process.env.LOAD_HISTORY;
/** Size whose workers are tried: `MEDIUM` or `LARGE`. */
const SIZE = process.env.LOAD_SIZE === 'LARGE' ? SystemSize.LARGE : SystemSize.MEDIUM;
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const PLAIN = 'without workers';
const WORKERS = 'with workers';
const STOCK = 'stock';
const HISTORY = 'with history';

jest.setTimeout(3600_000);

const systems: { [name: string]: Used } = {};
const MAKERS: { [name: string]: [string, (name: string) => Promise<Used>] } = {
  [STOCK]: ['load-stock', stock],
  [PLAIN]: ['load-plain', async (name) => peopled(await ours(name))],
  [WORKERS]: ['load-workers', async (name) => peopled(await ours(name, workersOf(SIZE)))],
  ...(FILE ? { [HISTORY]: ['load-history', (name) => withHistory(name, FILE)] } : {}),
};
let turns: { [name: string]: Turn[] };

beforeAll(async () => {
  for (const [what, [name, make]] of Object.entries(MAKERS)) {
    systems[what] = await make(name);
  }
  turns = await rounds(ROUNDS, systems);
  process.stdout.write(`\n${report(turns, STOCK)}\n\nCPU ms a message\n${byRole(turns)}\n`);
});
afterAll(async () => {
  await Promise.all(Object.values(systems).map(({ system }) => system.remove()));
  // Also the namespace of a system that could not be made.
  await Promise.all(Object.values(MAKERS).map(([name]) => removeNamespace(`matrix-e2e-${name}`)));
});

it('answers as many messages a second as stock Synapse with stock PostgreSQL', () => {
  expect(median(ratios(turns[PLAIN], turns[STOCK], ({ rate }) => rate))).toBeGreaterThanOrEqual(1);
});

(FILE ? it : it.skip)('delivers with 10 GB of history in at most 1.3 times the time', () => {
  for (const kind of ['send', 'delivery'] as const) {
    expect(median(ratios(turns[HISTORY], turns[PLAIN], (turn) => turn[kind].p95))).toBeLessThanOrEqual(1.3);
  }
});
