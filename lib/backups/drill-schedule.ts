import { longestGapDays } from '../kubernetes/schedule';
import { type Retention, retentionDays } from './retention';

/**
 * Checks that a set which a drill restored is still kept, or an older one, when the next drill comes.
 *
 * @param drill schedule of the drill, one that `checkedSchedule` takes.
 * @throws when drills are rarer than that: sets would come and go without ever having been restored.
 */
export function checkDrillSchedule(drill: string, retention: Retention): void {
  const gap = longestGapDays(drill);
  const days = retentionDays(retention);
  if (gap > days) {
    const { keepDaily, keepWeekly, keepMonthly } = retention;
    throw new Error(
      `drill schedule '${drill}' leaves up to ${inDays(gap)} between two drills, but keepDaily ${keepDaily}, keepWeekly ${keepWeekly} and ` +
        `keepMonthly ${keepMonthly} may reach back no further than ${inDays(days)}: when a drill finds that sets have gone bad, every good ` +
        `one may be forgotten. ${remedy(gap, days)}`,
    );
  }
}

function remedy(gap: number, days: number): string {
  // The least that reaches back far enough.
  const enough = gap <= 7 ? `keepDaily: ${Math.ceil(gap) + 1}` : `keepMonthly: ${Math.ceil((gap - 1) / 28) + 2}`;
  const often =
    days >= 7 ? `drill every week, such as '0 4 * * 0'` : days >= 1 ? `drill every day, such as '0 4 * * *'` : '';
  return `Write ${[`at least ${enough}`, often].filter(Boolean).join(', or ')}`;
}

function inDays(count: number): string {
  return count === 1 ? '1 day' : `${Math.round(count * 10) / 10} days`;
}
