import { sleep, Witness } from './support/witness';

jest.setTimeout(300_000);

/** What is promised where nothing else is said, in seconds. */
const RECOVERY_POINT = 60;
const ARCHIVE_TIMEOUT = 40;

describe('the recovery point of a system in which hardly anybody talks', () => {
  let witness: Witness;
  const samples: string[] = [];

  beforeAll(async () => {
    witness = await Witness.install('rpo');
  });
  afterAll(async () => {
    process.stdout.write(`recovery point: ${samples.join(', ')}\n`);
    await witness?.system.remove();
  });

  it.each([1, 2, 3])('a message is in the repository in time (%s)', async (number) => {
    // At any moment between two files of log.
    const delay = Math.random() * ARCHIVE_TIMEOUT;
    await sleep(delay);
    await witness.say(`message ${number}`);
    const acknowledged = Date.now();
    const seconds = () => (Date.now() - acknowledged) / 1000;
    const file = await witness.asked('SELECT pg_walfile_name(pg_current_wal_lsn())');
    /** When it was last seen missing: the time until somebody looks again is none of the system's. */
    let missing = 0;
    for (let now = seconds(); !(await witness.isShipped(file)) && now < 2 * RECOVERY_POINT; now = seconds()) {
      missing = now;
      await sleep(1);
    }
    samples.push(`${missing.toFixed(1)} to ${seconds().toFixed(1)} s, said ${delay.toFixed(1)} s after the last`);
    expect(missing).toBeLessThanOrEqual(RECOVERY_POINT);
  });

  it('the agent says as much', async () => {
    const metrics = await (
      await fetch(`${await witness.system.url('deployment/matrix-backup-agent', 9090)}/metrics`)
    ).text();
    const said = Number(/^matrix_log_recovery_point_seconds (\S+)$/m.exec(metrics)?.[1]);
    expect(said).toBeGreaterThanOrEqual(ARCHIVE_TIMEOUT);
    expect(said).toBeLessThanOrEqual(RECOVERY_POINT);
  });
});
