import { Cron } from 'croner';
import { type RunDay, ScheduleRuns, twoDigits } from './schedule-runs';

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

const meetings = new Map<string, string | undefined>();
const gaps = new Map<string, number>();

/**
 * Checks that of several schedules no two ever run in the same minute.
 *
 * @param schedules by name, for the message; each one that {@link checkedSchedule} takes.
 * @throws when two do.
 */
export function checkDistinctMinutes(schedules: { [name: string]: string }): void {
  const names = Object.keys(schedules);
  for (const [position, second] of names.entries()) {
    for (const first of names.slice(0, position)) {
      const minute = meeting(schedules[first], schedules[second]);
      if (minute) {
        const others = names.filter((name) => name !== second).map((name) => schedules[name]);
        const free = [30, 15, 45, 10, 5, 1]
          .map((by) => shifted(schedules[second], by))
          .find((one) => meetsNone(one, others));
        throw new Error(
          `${first} '${schedules[first]}' and ${second} '${schedules[second]}' both run in one minute, such as that of ${minute} UTC, ` +
            `and would get into each other's way: write ${free ? `'${free}' for ${second}` : `other hours or days for ${second}`}`,
        );
      }
    }
  }
}

/** The longest time between two runs of a schedule that {@link checkedSchedule} takes, in days: 7 for once a week. */
export function longestGapDays(schedule: string): number {
  const gap = gaps.get(schedule) ?? longestGap(ScheduleRuns.of(schedule));
  gaps.set(schedule, gap);
  return gap;
}

function longestGap(runs: ScheduleRuns): number {
  const times = runs.hours.flatMap((hour) => runs.minutes.map((minute) => (hour * 60 + minute) / 1440));
  const days = [...runs.days()].map(({ number }) => number);
  const overnight = longestStep([...days, days[0] + runs.cycle]) - (times[times.length - 1] - times[0]);
  return Math.max(overnight, longestStep(times));
}

function longestStep(ascending: number[]): number {
  return ascending.slice(1).reduce((longest, one, before) => Math.max(longest, one - ascending[before]), 0);
}

/** The first minute in which both run. */
function meeting(one: string, other: string): string | undefined {
  if (plainlyApart(one, other)) {
    return undefined;
  }
  const key = `${one}, ${other}`;
  if (!meetings.has(key)) {
    meetings.set(key, firstMeeting(ScheduleRuns.of(one), ScheduleRuns.of(other)));
  }
  return meetings.get(key);
}

/** Spares most systems the parser, a tenth of a millisecond for each schedule. */
function plainlyApart(one: string, other: string): boolean {
  const fields = other.split(' ');
  return one
    .split(' ', 2)
    .some((field, place) => /^\d+$/.test(field) && /^\d+$/.test(fields[place]) && +field !== +fields[place]);
}

function firstMeeting(one: ScheduleRuns, other: ScheduleRuns): string | undefined {
  const hour = one.hours.find((each) => other.hours.includes(each));
  const minute = one.minutes.find((each) => other.minutes.includes(each));
  if (hour === undefined || minute === undefined) {
    return undefined;
  }
  const day: RunDay | undefined = one.days(other).next().value;
  return day && `${day.date} ${twoDigits(hour)}:${twoDigits(minute)}`;
}

function meetsNone(schedule: string, others: string[]): boolean {
  return others.every((other) => meeting(other, schedule) === undefined);
}

function shifted(schedule: string, by: number): string {
  const { fields, minutes } = ScheduleRuns.of(schedule);
  const later = minutes.map((minute) => (minute + by) % 60).sort((one, other) => one - other);
  return [later.join(','), ...fields.slice(1)].join(' ');
}
