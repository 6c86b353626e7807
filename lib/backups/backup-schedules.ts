import { checkDistinctMinutes, checkedSchedule, longestGapDays } from '../kubernetes/schedule';
import type { BackupOptions } from './backup-options';
import { checkDrillSchedule } from './drill-schedule';
import type { Retention } from './retention';

/** When what runs. */
export interface BackupSchedules {
  readonly backup: string;
  readonly prune: string;
  readonly drill: string;
  readonly dump: string;
}

/**
 * The schedules, checked against one another and against the retention.
 *
 * @throws when one is none, two fall into one minute, or drills are too rare.
 */
export function checkedSchedules(options: BackupOptions, retention: Retention): BackupSchedules {
  const schedules = {
    backup: checkedSchedule(options.backupSchedule ?? '0 2 * * *'),
    prune: checkedSchedule(options.pruneSchedule ?? '30 3 * * *'),
    drill: checkedSchedule(options.drillSchedule ?? '30 4 * * 0'),
    dump: checkedSchedule(options.dumpSchedule ?? '30 5 * * 6'),
  };
  const { backup, prune, drill, dump } = schedules;
  checkDistinctMinutes({ backupSchedule: backup, pruneSchedule: prune, drillSchedule: drill, dumpSchedule: dump });
  checkDrillSchedule(drill, retention);
  return schedules;
}

/** Seconds after which a part should have succeeded again, with time to run. */
export function maximumAge(schedule: string): number {
  return Math.round(longestGapDays(schedule) * 86_400) + 3 * 3600;
}
