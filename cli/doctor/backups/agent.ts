import { type Check, type Finding, fail, orOk, warn } from '../check';
import { agentOf, backupState } from '../facts/backups';
import type { Metrics } from '../facts/metrics';

/** Parts with checks of their own. */
const ELSEWHERE = ['backup', 'drill'];
/** Parts without which messages are lost. */
const CRITICAL = ['archive', 'log'];

/** What else the backup agent complains about. */
export const agent: Check = {
  name: 'backup-agent',
  look: async (situation) => {
    const state = await backupState(situation);
    return state ? judgeAgent(state.metrics, situation.command(`logs ${agentOf(situation)}`)) : [];
  },
};

/** Its problems, by part. */
export function judgeAgent(metrics: Metrics, next: string): Finding[] {
  const watched = metrics.all('matrix_backup_problem');
  const problems = watched
    .filter(({ labels, value }) => value === 1 && !ELSEWHERE.includes(labels.part))
    .map(({ labels }) =>
      (CRITICAL.includes(labels.part) ? fail : warn)(`the agent has a PROBLEM with ${labels.part}`, next),
    );
  return orOk(problems, `the agent watches ${watched.map(({ labels }) => labels.part).join(', ')}`);
}
