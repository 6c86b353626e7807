import { Cron } from 'croner';

/**
 * Checks a schedule as Kubernetes reads it and returns it.
 *
 * @param schedule five fields (minute, hour, day, month, day of the week) or `@daily` and the like; in UTC.
 * @throws when it does not parse or never comes.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */
export function checkedSchedule(schedule: string): string {
  const remedy = `write five fields, minute hour day month weekday, such as '0 2 * * *' for every day at 02:00 UTC`;
  // croner also reads seconds, years and last days, which Kubernetes refuses.
  if (
    !/^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|[\d*/,\-?A-Za-z]+( [\d*/,\-?A-Za-z]+){4})$/.test(
      schedule,
    )
  ) {
    throw new Error(`schedule '${schedule}' is none that Kubernetes reads: ${remedy}`);
  }
  try {
    const cron = new Cron(schedule.replace('@midnight', '@daily'), { paused: true, timezone: 'UTC' });
    if (cron.nextRun(new Date(0)) === null) {
      throw new Error('it never comes');
    }
  } catch (problem) {
    throw new Error(`schedule '${schedule}' does not parse (${(problem as Error).message}): ${remedy}`);
  }
  return schedule;
}
