import { Scaling, SystemSize } from '../../../lib';
import { costsByRole } from '../load/costs';
import { ours, workersOf } from '../load/systems';

jest.setTimeout(1800_000);

const one = Scaling.fixed(1);
const LAYOUTS = {
  plain: {},
  // Each role has one process, so that its work is seen.
  workers: { ...workersOf(SystemSize.LARGE), sync: one, client: one, eventCreators: one, eventPersisters: 1 },
};

it.each(Object.entries(LAYOUTS))('measures what each kind of work costs: %s', async (name, workers) => {
  const system = await ours(`costs-${name}`, workers);
  try {
    process.stdout.write(`\n${name}\n${await costsByRole(system)}\n`);
  } finally {
    await system.remove();
  }
});
