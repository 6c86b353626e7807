import { SystemSize } from '../../../lib';
import { median } from '../../../tools/bench/statistics';
import { withHistory } from '../load/history';
import { byRole, ratios, report, rounds, type Turn } from '../load/rounds';
import { ours, peopled, stock, type Used, workersOf } from '../load/systems';

/** Copy of a database with history, made when it is missing. Without one, that system is left out. */
const FILE = process.env.LOAD_HISTORY;
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const PLAIN = 'without workers';
const WORKERS = 'with workers';
const STOCK = 'stock';
const HISTORY = 'with history';

jest.setTimeout(3600_000);

let systems: { [name: string]: Used } = {};
let turns: { [name: string]: Turn[] };

beforeAll(async () => {
  systems = {
    [STOCK]: await stock('load-stock'),
    [PLAIN]: await peopled(await ours('load-plain')),
    [WORKERS]: await peopled(await ours('load-workers', workersOf(SystemSize.MEDIUM))),
    ...(FILE ? { [HISTORY]: await withHistory('load-history', FILE) } : {}),
  };
  turns = await rounds(ROUNDS, systems);
  process.stdout.write(`\n${report(turns, STOCK)}\n\nCPU ms a message\n${byRole(turns)}\n`);
});
afterAll(async () => {
  await Promise.all(Object.values(systems).map(({ system }) => system.remove()));
});

it('answers as many messages a second as stock Synapse with stock PostgreSQL', () => {
  expect(median(ratios(turns[PLAIN], turns[STOCK], ({ rate }) => rate))).toBeGreaterThanOrEqual(1);
});

(FILE ? it : it.skip)('delivers with 10 GB of history in at most 1.3 times the time', () => {
  for (const kind of ['send', 'delivery'] as const) {
    expect(median(ratios(turns[HISTORY], turns[PLAIN], (turn) => turn[kind].p95))).toBeLessThanOrEqual(1.3);
  }
});
