/**
 * How many backups are kept: the newest of each of the last days, weeks and months that have one.
 *
 * A backup stays as long as one of the three rules keeps it.
 *
 * @see https://restic.readthedocs.io/en/stable/060_forget.html#removing-snapshots-according-to-a-policy
 */
export interface Retention {
  /** Number of days for which one backup is kept; 0 turns the rule off. @default 7 */
  readonly daily?: number;
  /** Number of weeks, starting on Mondays, for which one backup is kept; 0 turns the rule off. @default 4 */
  readonly weekly?: number;
  /** Number of months for which one backup is kept; 0 turns the rule off. @default 3 */
  readonly monthly?: number;
}

/**
 * Checks the retention and completes it.
 *
 * @throws when a number is not valid, or no backup would be kept.
 */
export function checkedRetention({ daily = 7, weekly = 4, monthly = 3 }: Retention = {}): Required<Retention> {
  const keep = { daily, weekly, monthly };
  for (const [rule, count] of Object.entries(keep)) {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new Error(`keep.${rule} must be 0 or a positive whole number (0 turns this rule off), got ${count}`);
    }
  }
  if (daily + weekly + monthly === 0) {
    throw new Error(
      'keep must keep at least one backup, got 0 for daily, weekly and monthly: leave them out for 7, 4 and 3, or use at least daily: 1',
    );
  }
  return keep;
}

/**
 * The least number of days between the oldest and the newest kept backup, after a long time of daily backups.
 */
export function retentionDays({ daily, weekly, monthly }: Required<Retention>): number {
  return Math.max(reach(daily, 1), reach(weekly, 7), reach(monthly, 28));
}

/**
 * The least number of days that one rule reaches back, which is when its present period has just begun. On 1 March,
 * three months reach back to the backup of 31 January.
 */
function reach(count: number, period: number): number {
  return count < 2 ? 0 : 1 + period * (count - 2);
}
