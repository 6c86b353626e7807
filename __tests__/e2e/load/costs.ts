import { table } from '../../../tools/load/table';
import type { RoleCost } from '../../../tools/load/usage';
import type { System } from '../support/system';
import type { Crowd, Work } from './crowd';
import { gather } from './gathering';
import { clientOf, people, used } from './systems';

const BIG = 20;
const WRITERS = 4;
const PACE = { seconds: 30, senders: WRITERS, rate: 4 };
/** What is measured: its work, what is counted, and whether in the rooms of twenty. */
const WORKS: { [name: string]: { work: Work; of?: string; big?: boolean } } = {
  'a second of nothing': { work: { seconds: 30, deaf: true } },
  'an empty long poll': { work: { seconds: 30, patience: 1000 }, of: 'sync' },
  'a message in a room of 3, without syncs': { work: { ...PACE, deaf: true }, of: 'send' },
  'and 3 sync': { work: PACE, of: 'send' },
  'a message in a room of 20, without syncs': { work: { ...PACE, deaf: true }, of: 'send', big: true },
  'and 20 sync': { work: PACE, of: 'send', big: true },
  'a first sync': { work: { seconds: 30, deaf: true, newcomers: 1 }, of: 'first sync' },
  'a login': { work: { seconds: 30, deaf: true, singers: 2 }, of: 'login' },
};

/** CPU milliseconds of each role for each kind of work, and the connections that each has to the database. */
export async function costsByRole(system: System): Promise<string> {
  const matrix = await clientOf(system);
  const few = await people(matrix);
  const many = few.map((person) => ({ ...person, rooms: [] as string[] }));
  for (let writer = 0; writer < WRITERS; writer++) {
    await gather(
      matrix,
      Array.from({ length: BIG }, (_, step) => many[(writer + step) % many.length]),
    );
  }
  const crowds = { few: used(system, few).crowd, many: used(system, many).crowd };
  const measured: { [name: string]: RoleCost[] } = {};
  for (const [name, { work, of, big }] of Object.entries(WORKS)) {
    const found = await costsOf(big ? crowds.many : crowds.few, work, of);
    measured[name] = of ? withoutIdle(found, Object.values(measured)[0]) : found;
    process.stdout.write(`${name}: ${JSON.stringify(measured[name])}\n`);
  }
  const roles = [...new Set(Object.values(measured).flatMap((all) => all.map(({ role }) => role)))];
  const rows = roles.map((role) => [
    role,
    ...Object.values(measured).map((all) => all.find((one) => one.role === role)?.each.toFixed(1) ?? ''),
  ]);
  const sums = Object.values(measured).map((all) => all.reduce((sum, { each }) => sum + each, 0).toFixed(1));
  return `${table(['CPU ms', ...Object.keys(measured)], [...rows, ['all', ...sums]])}\n\n${await connections(system)}`;
}

/** Without what a role uses when nothing is done, so that the pace of the work does not matter. */
function withoutIdle(found: RoleCost[], idle: RoleCost[]): RoleCost[] {
  return found.map(({ role, cores, each }) => {
    const before = idle.find((one) => one.role === role)?.cores ?? 0;
    return { role, cores: cores - before, each: (each * (cores - before)) / cores };
  });
}

/** Without something that is counted, what a second costs. */
async function costsOf(crowd: Crowd, work: Work, of?: string): Promise<RoleCost[]> {
  const measured = await crowd.measure(work);
  return of ? measured.costs(of) : measured.costs('').map((cost) => ({ ...cost, each: cost.cores * 1000 }));
}

async function connections(system: System): Promise<string> {
  const { items } = JSON.parse(await system.kubectl(['get', 'pods', '-o', 'json']));
  const pods = new Map(
    items.map(({ metadata, status }: { metadata: { name: string }; status: { podIP: string } }) => [
      status.podIP,
      metadata.name,
    ]),
  );
  const query = 'SELECT host(client_addr), count(*) FROM pg_stat_activity WHERE client_addr IS NOT NULL GROUP BY 1';
  const rows = (await system.sql(query)).split('\n').map((line) => line.split('|'));
  return table(
    ['connections', ''],
    rows.map(([address, count]) => [`${pods.get(address)}`, count]),
  );
}
