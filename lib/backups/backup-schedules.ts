import { Schedule, Weekday } from '../kubernetes/schedule';
import { type Retention, retentionDays } from './retention';

/** Schedules of the backup jobs, in UTC. Jobs whose times overlap wait for one another. */
export interface BackupSchedules {
  /** Makes a backup. @default Schedule.daily('02:00') */
  readonly backup?: Schedule;
  /**
   * Removes old backups, and reads and checks a part of the repository.
   *
   * @default Schedule.daily('03:30')
   */
  readonly prune?: Schedule;
  /**
   * Restores the newest backup beside the running system, and checks it.
   *
   * @default Schedule.weekly(Weekday.SUNDAY, '04:30')
   */
  readonly drill?: Schedule;
  /**
   * Dumps the in-cluster database, for a move to another major version of PostgreSQL.
   *
   * @default Schedule.weekly(Weekday.SATURDAY, '05:30')
   */
  readonly dump?: Schedule;
}

/** As {@link BackupSchedules}, complete; without dumps where the database is managed elsewhere. */
export interface CheckedSchedules {
  readonly backup: Schedule;
  readonly prune: Schedule;
  readonly drill: Schedule;
  readonly dump?: Schedule;
}

/**
 * Checks the schedules and completes them.
 *
 * @param managed why there are no dumps, for the message; undefined where there are.
 * @throws when a schedule would be ignored, or drills are too rare.
 */
export function checkedSchedules(
  given: BackupSchedules,
  keep: Required<Retention>,
  managed?: string,
): CheckedSchedules {
  if (managed && given.dump) {
    throw new Error(`schedules.dump is '${given.dump.expression}', but ${managed}: leave it out`);
  }
  const drill = given.drill ?? Schedule.weekly(Weekday.SUNDAY, '04:30');
  checkDrills(drill, keep);
  return {
    backup: given.backup ?? Schedule.daily('02:00'),
    prune: given.prune ?? Schedule.daily('03:30'),
    drill,
    dump: managed ? undefined : (given.dump ?? Schedule.weekly(Weekday.SATURDAY, '05:30')),
  };
}

/** Fails when every backup that a drill has proven could be removed before the next drill. */
function checkDrills(drill: Schedule, keep: Required<Retention>): void {
  const gap = drill.longestGap.toSeconds() / 86_400;
  const days = retentionDays(keep);
  if (gap > days) {
    // The smallest retention that reaches back far enough.
    const enough = gap <= 7 ? `daily: ${Math.ceil(gap) + 1}` : `monthly: ${Math.ceil((gap - 1) / 28) + 2}`;
    const often = days >= 7 ? "Schedule.weekly(Weekday.SUNDAY, '04:30')" : days >= 1 ? "Schedule.daily('04:30')" : '';
    throw new Error(
      `schedules.drill '${drill.expression}' leaves up to ${inDays(gap)} between two drills, but keep with daily ${keep.daily}, weekly ` +
        `${keep.weekly} and monthly ${keep.monthly} may reach back only ${inDays(days)}: when a drill finds that backups are damaged, ` +
        `every good one may be removed already. Use at least keep: { ${enough} }${often && `, or schedules.drill: ${often}`}`,
    );
  }
}

function inDays(count: number): string {
  return count === 1 ? '1 day' : `${Math.round(count * 10) / 10} days`;
}
