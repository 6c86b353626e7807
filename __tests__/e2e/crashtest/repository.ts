import type { Steps } from './steps';
import type { Victim } from './tally';

/** Seconds of acknowledged rows that a loss may take: the least that a deployment can be given. */
const RECOVERY_POINT = 20;

/** What `look.py` says. */
export interface Look {
  /** Listed as complete, the oldest first. */
  readonly sets: string[];
  readonly damage: string[];
  /** Number of the row that must be restored, and all before it. */
  readonly must: number;
  /** Seconds since log was last put into the repository. */
  readonly age: number;
}

/** Checks the repository, which must be whole at any time. */
export async function look(steps: Steps): Promise<Look> {
  const said = await steps.script('list', 'look.py', `${RECOVERY_POINT}`);
  const found: Look = JSON.parse(said.split('\n').find((line) => line.startsWith('{')) ?? '');
  steps.tally.checks++;
  if (found.damage.length > 0) {
    throw new Error(`the repository is damaged: ${found.damage}`);
  }
  return found;
}

/** What a killed job has locked must not keep log out of the repository. */
export async function waitForLog(steps: Steps, victim: Victim): Promise<void> {
  const killedAt = Date.now();
  await steps.bench.handOver();
  for (;;) {
    await new Promise((done) => setTimeout(done, 1000));
    const { age } = await look(steps);
    const passed = (Date.now() - killedAt) / 1000;
    if (age < passed) {
      steps.tally.longestWait = Math.max(steps.tally.longestWait, passed);
      return;
    }
    if (passed > RECOVERY_POINT) {
      throw new Error(`no log has come to the repository for ${age} s, ${passed} s after ${victim} was killed`);
    }
  }
}
