import { Cron } from 'croner';

const SHORT_FORM = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/;
/** Without seconds, years, last days and nearest weekdays, which croner also reads and Kubernetes refuses. */
const FIELD = '([\\d*/,?-]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)+';
const FIELDS = new RegExp(`^${FIELD}( ${FIELD}){4}$`, 'i');
/** Kubernetes' week begins with Sunday, its day 0, and ends with Saturday. */
const SUNDAY_LAST = /(^|[,-])7|-sun/i;

/**
 * Checks a schedule as Kubernetes reads it and returns it.
 *
 * @param schedule five fields (minute, hour, day, month, day of the week) or `@daily` and the like; in UTC.
 * @throws when it does not parse or never comes.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */
export function checkedSchedule(schedule: string): string {
  const remedy = `write five fields, minute hour day month weekday, such as '0 2 * * *' for every day at 02:00 UTC`;
  if (!SHORT_FORM.test(schedule) && !FIELDS.test(schedule)) {
    throw new Error(`schedule '${schedule}' is none that Kubernetes reads: ${remedy}`);
  }
  if (SUNDAY_LAST.test(schedule.split(' ')[4] ?? '')) {
    throw new Error(`schedule '${schedule}' ends its week with Sunday, which is day 0 to Kubernetes: ${remedy}`);
  }
  try {
    // An offset, not a time zone: that would load the zones, 12 ms.
    const cron = new Cron(schedule.replace('@midnight', '@daily'), { paused: true, utcOffset: 0 });
    // biome-ignore lint/style/noRestrictedGlobals: a fixed day, not the clock.
    if (cron.nextRun(new Date(0)) === null) {
      throw new Error('it never comes');
    }
  } catch (problem) {
    throw new Error(`schedule '${schedule}' does not parse (${(problem as Error).message}): ${remedy}`);
  }
  return schedule;
}
