import { CrashBench } from '../crashtest/bench';
import { Campaign } from '../crashtest/campaign';

const SEED = Number(process.env.SEED ?? 1);
const KILLS = Number(process.env.KILLS ?? 25);

jest.setTimeout((300 + KILLS * 20) * 1000);

describe('backups and restores that are killed', () => {
  let bench: CrashBench;

  beforeAll(async () => {
    bench = await CrashBench.install();
  });
  afterAll(async () => {
    // Shows the progress, to follow it after a failure.
    if (process.env.KEEP !== 'yes') {
      await bench?.remove();
    }
  });

  it(`lose nothing by ${KILLS} kills (seed ${SEED})`, async () => {
    const campaign = new Campaign(bench, SEED);
    try {
      await campaign.run(KILLS);
    } finally {
      process.stdout.write(`seed ${SEED}\n${campaign.tally.table()}`);
    }
  });
});
