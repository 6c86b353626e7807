/**
 * Which sets are kept: the newest of each of the last days, weeks and months that have one. A set stays for as long as one of
 * them wants it.
 *
 * @see https://restic.readthedocs.io/en/stable/060_forget.html#removing-snapshots-according-to-a-policy
 */
export interface RetentionProps {
  /** @default 7 */
  readonly keepDaily?: number;
  /** Weeks begin with Monday. @default 4 */
  readonly keepWeekly?: number;
  /** @default 3 */
  readonly keepMonthly?: number;
}

/** As {@link RetentionProps}, complete. */
export interface Retention {
  readonly keepDaily: number;
  readonly keepWeekly: number;
  readonly keepMonthly: number;
}

/**
 * Checks what is to be kept and completes it.
 *
 * @throws when a number is none of sets, or nothing at all would be kept.
 */
export function checkedRetention(props: RetentionProps = {}): Retention {
  const { keepDaily = 7, keepWeekly = 4, keepMonthly = 3 } = props;
  const retention = { keepDaily, keepWeekly, keepMonthly };
  for (const [name, count] of Object.entries(retention)) {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new Error(
        `${name} ${count} is no number of sets: write a whole number from 0, which keeps none for its sake`,
      );
    }
  }
  if (keepDaily + keepWeekly + keepMonthly === 0) {
    throw new Error(
      `keepDaily 0, keepWeekly 0 and keepMonthly 0 keep no backup: leave them out for 7, 4 and 3, or write at least keepDaily: 1`,
    );
  }
  return retention;
}

/** How many days the oldest kept set is at least older than the newest, once sets were made daily for long enough. */
export function retentionDays({ keepDaily, keepWeekly, keepMonthly }: Retention): number {
  return Math.max(reach(keepDaily, 1), reach(keepWeekly, 7), reach(keepMonthly, 28));
}

/**
 * Days back to the newest set of the period that is `count` periods ago, the present one among them. At worst the present one
 * has just begun: of three months, on 1 March, the oldest set is that of 31 January.
 */
function reach(count: number, period: number): number {
  return count < 2 ? 0 : 1 + period * (count - 2);
}
