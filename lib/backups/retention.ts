/**
 * How many backups are kept: the newest of each of the last days, weeks and months that have one. A backup stays as
 * long as one of the three rules keeps it.
 *
 * @see https://restic.readthedocs.io/en/stable/060_forget.html#removing-snapshots-according-to-a-policy
 */
export interface Retention {
  /** Days of which one is kept; 0 turns the rule off. @default 7 */
  readonly daily?: number;
  /** Weeks, from Monday on, of which one is kept; 0 turns the rule off. @default 4 */
  readonly weekly?: number;
  /** Months of which one is kept; 0 turns the rule off. @default 3 */
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
 * How many days the oldest kept backup is at least older than the newest, once backups were made daily for long
 * enough.
 */
export function retentionDays({ daily, weekly, monthly }: Required<Retention>): number {
  return Math.max(reach(daily, 1), reach(weekly, 7), reach(monthly, 28));
}

/**
 * Days back to the newest backup of the period that is `count` periods ago, the present one among them. At worst the
 * present one has just begun: of three months, on 1 March, the oldest backup is that of 31 January.
 */
function reach(count: number, period: number): number {
  return count < 2 ? 0 : 1 + period * (count - 2);
}
