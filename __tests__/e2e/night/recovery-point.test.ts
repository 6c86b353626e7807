import { sleep, Witness } from '../support/witness';

jest.setTimeout(300_000);

/** The default recovery point objective, in seconds. */
const RECOVERY_POINT = 60;
const ARCHIVE_TIMEOUT = 40;

describe('the recovery point of a nearly idle system', () => {
  let witness: Witness;
  const samples: string[] = [];

  beforeAll(async () => {
    witness = await Witness.install('rpo');
  });
  afterAll(async () => {
    process.stdout.write(`recovery point: ${samples.join(', ')}\n`);
    await witness?.system.remove();
  });

  it.each([1, 2, 3])('has a message in the repository in time (%s)', async (number) => {
    // At a random moment between two WAL segments.
    const delay = Math.random() * ARCHIVE_TIMEOUT;
    await sleep(delay);
    await witness.say(`message ${number}`);
    const acknowledged = Date.now();
    const seconds = () => (Date.now() - acknowledged) / 1000;
    const file = await witness.asked('SELECT pg_walfile_name(pg_current_wal_lsn())');
    /** When it was last seen missing, because the time until the next check is not the system's. */
    let missing = 0;
    for (let now = seconds(); !(await witness.isShipped(file)) && now < 2 * RECOVERY_POINT; now = seconds()) {
      missing = now;
      await sleep(1);
    }
    samples.push(`${missing.toFixed(1)} to ${seconds().toFixed(1)} s, said ${delay.toFixed(1)} s after the last`);
    expect(missing).toBeLessThanOrEqual(RECOVERY_POINT);
  });

  it('matches the metric of the agent', async () => {
    const metrics = await (
      await fetch(`${await witness.system.url('deployment/matrix-backup-agent', 9090)}/metrics`)
    ).text();
    const said = Number(/^matrix_log_recovery_point_seconds (\S+)$/m.exec(metrics)?.[1]);
    expect(said).toBeGreaterThanOrEqual(ARCHIVE_TIMEOUT);
    expect(said).toBeLessThanOrEqual(RECOVERY_POINT);
  });
});
