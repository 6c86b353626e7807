import { Duration } from 'cdk8s';
import type { BackupOptions } from './backup-options';
import { type CheckedSchedules, checkedSchedules } from './backup-schedules';
import { checkedRetention, type Retention } from './retention';

/** Options of the backups, checked and complete. */
export interface BackupPlan {
  readonly keep: Required<Retention>;
  readonly schedules: CheckedSchedules;
  /** Days in which everything in the repository is read once. */
  readonly fullCheckEvery: number;
  /** Maximum age of a message that is not in the repository yet. */
  readonly recoveryPointObjective: Duration;
  /**
   * Time after which PostgreSQL archives a WAL segment that is not full. The rest of the objective is for the upload.
   */
  readonly archiveTimeout: Duration;
}

/**
 * Checks the options and completes them.
 *
 * @param managed why the database is not backed up here, for messages; undefined where it is.
 * @throws when one is not valid or would be ignored.
 */
export function checkedPlan(options: BackupOptions, managed?: string): BackupPlan {
  const keep = checkedRetention(options.keep);
  const objective = recoveryPointObjective(options, managed);
  return {
    keep,
    schedules: checkedSchedules(options.schedules ?? {}, keep, managed),
    fullCheckEvery: fullCheckDays(options.fullCheckEvery ?? Duration.days(7)),
    recoveryPointObjective: Duration.seconds(objective),
    archiveTimeout: Duration.seconds(Math.floor((objective * 2) / 3)),
  };
}

function fullCheckDays(duration: Duration): number {
  const days = duration.toDays({ integral: false });
  if (!Number.isInteger(days) || days < 1 || days > 31) {
    throw new Error(
      `fullCheckEvery must be 1 to 31 whole days, got ${days} days: use a duration such as Duration.days(7)`,
    );
  }
  return days;
}

function recoveryPointObjective(options: BackupOptions, managed?: string): number {
  const seconds = (options.recoveryPointObjective ?? Duration.seconds(60)).toSeconds({ integral: false });
  if (managed && options.recoveryPointObjective) {
    throw new Error(`recoveryPointObjective is ${seconds} s, but ${managed}: leave it out`);
  }
  // Below it PostgreSQL would archive WAL segments faster than an off-site repository takes them.
  if (!Number.isInteger(seconds) || seconds < 20 || seconds > 3600) {
    throw new Error(
      `recoveryPointObjective must be whole seconds from 20 to 3600, got ${seconds} s: use a duration such as Duration.seconds(60), and for ` +
        'no loss at all synchronousReplication of the database',
    );
  }
  return seconds;
}
