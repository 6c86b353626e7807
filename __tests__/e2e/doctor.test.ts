import { BackupRepository, Backups } from '../../lib';
import { type Examination, examine, lineOf, problems } from './doctor/examination';
import { FAULTS, type Fault, OUTAGES } from './doctor/faults';
import { Authority } from './support/authority';
import { eventually } from './support/kubectl';
import { PublicSystem } from './support/public-system';

jest.setTimeout(300_000);

const NAMESPACE = 'matrix-e2e-doctor';
let site: PublicSystem;

beforeAll(async () => {
  site = await PublicSystem.install('doctor', Authority.make(), { backups: Backups.to(BackupRepository.claim()) });
});
afterAll(() => site?.remove());

/** Plants faults, and looks until all are named. */
async function afterPlanting(faults: Fault[], look: () => Promise<Examination>): Promise<Examination> {
  await Promise.all(faults.map(({ plant }) => plant(site.system)));
  let last: Examination = await look();
  const all = () => faults.every(({ named }) => last.findings.some((one) => named.test(lineOf(one))));
  // What is missing is seen by the test of each fault.
  await eventually('all faults to be named', 90, async () => {
    last = await look();
    return all();
  }).catch(() => undefined);
  return last;
}

it('finds a new system well, but for what its operator has to do', async () => {
  // A new database has some updates, which are done after a minute.
  const found = await eventually('no update to be pending', 90, async () => {
    const last = await examine(NAMESPACE);
    return !problems(last).some((line) => line.includes('updates')) && last;
  });
  expect(problems(found)).toEqual([
    'warn backup: no backup has been made yet',
    'warn drill: no restore drill has succeeded yet',
    expect.stringMatching(/^warn escrow: /),
  ]);
  expect(found.code).toBe(0);
});

it.each([
  [['--prefix', 'other-'], NAMESPACE, /has no Deployment other-matrix-synapse; there are systems with --prefix ''/],
  [[], 'default', /namespace default has no Deployment matrix-synapse: check namespace and prefix/],
])('does not take %j in %s for a healthy system', async (args, namespace, says) => {
  const { code, stderr } = await examine(namespace, args);
  expect(code).toBe(2);
  expect(stderr).toMatch(says);
});

describe.each([
  ['a system that answers', FAULTS],
  ['an outage', OUTAGES],
])('of %s', (_, faults) => {
  let found: Examination;
  beforeAll(async () => {
    found = await afterPlanting(faults, () => examine(NAMESPACE));
  });

  it.each(faults)('names $name', ({ named }) => {
    expect(found.findings.map(lineOf).filter((line) => named.test(line))).not.toEqual([]);
  });

  it('gives the next step for each problem, and fails', () => {
    const failed = found.findings.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn');
    expect(failed.filter(({ next }) => !next)).toEqual([]);
    expect(found.code).toBe(1);
  });
});
