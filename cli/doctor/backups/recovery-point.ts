import { type Check, type Finding, fail, ok, warn } from '../check';
import { agentOf, type BackupState, backupState } from '../facts/backups';

/** How much would be lost with the volumes. A managed database has its own backups, of which nothing is known here. */
export const recoveryPoint: Check = {
  name: 'recovery-point',
  look: async (situation) => {
    const state = await backupState(situation);
    return state ? judgeRecoveryPoint(state, situation.command(`logs ${agentOf(situation)}`)) : [];
  },
};

/** The age of what is not in the repository, now and at the worst moment of the last day. */
export function judgeRecoveryPoint({ metrics, settings }: BackupState, next: string): Finding[] {
  const objective = settings.recoveryPointObjective;
  const worst = metrics.value('matrix_log_recovery_point_seconds');
  const waiting = metrics.value('matrix_log_unshipped_seconds') ?? 0;
  if (worst === undefined) {
    return [];
  }
  if (waiting > objective) {
    return [
      fail(`WAL of ${Math.round(waiting)} s ago is not in the repository; the objective is ${objective} s`, next),
    ];
  }
  const says = `at most ${Math.round(worst)} s of messages could have been lost in the last day; the objective is ${objective} s`;
  return [worst > objective ? warn(says, next) : ok(says)];
}
