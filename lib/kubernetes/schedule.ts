import { Duration } from 'cdk8s';
import { checked } from './checks/checked';

/** A day of the week, as cron numbers it. */
export enum Weekday {
  SUNDAY = 0,
  MONDAY = 1,
  TUESDAY = 2,
  WEDNESDAY = 3,
  THURSDAY = 4,
  FRIDAY = 5,
  SATURDAY = 6,
}

/** The smallest and largest number of each field. */
const FIELDS: { readonly [name: string]: readonly [number, number] } = {
  minute: [0, 59],
  hour: [0, 23],
  'day of the month': [1, 31],
  month: [1, 12],
  'day of the week': [0, 6],
};

/**
 * When a job runs, in UTC.
 *
 * Backup jobs that are due at the same time wait for one another.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */
@checked
export class Schedule {
  /**
   * Every day.
   *
   * @param time hour and minute, such as `02:00`.
   * @throws when the time is not valid.
   */
  public static daily(time: string): Schedule {
    return new Schedule(`${at('Schedule.daily', time)} * * *`, Duration.days(1));
  }

  /**
   * Once a week.
   *
   * @param time hour and minute, such as `04:30`.
   * @throws when the time or the day is not valid.
   */
  public static weekly(day: Weekday, time: string): Schedule {
    return new Schedule(`${at('Schedule.weekly', time)} * * ${day}`, Duration.days(7));
  }

  /**
   * Once a month.
   *
   * @param day 1 to 28, which every month has.
   * @param time hour and minute, such as `05:30`.
   * @throws when the time is not valid, or the day is not from 1 to 28.
   */
  public static monthly(day: number, time: string): Schedule {
    if (!Number.isInteger(day) || day < 1 || day > 28) {
      throw new Error(`Schedule.monthly has the invalid day ${day}: use a day from 1 to 28, which every month has`);
    }
    return new Schedule(`${at('Schedule.monthly', time)} ${day} * *`, Duration.days(31));
  }

  /**
   * Any other schedule.
   *
   * @param expression minute, hour, day of the month, month and day of the week as numbers, such as `0 2,14 * * *`.
   * @param longestGap longest time between two runs, after which one is overdue; `Duration.hours(12)` in the example.
   * @throws when the expression is not valid, or the gap is shorter than a minute.
   */
  public static cron(expression: string, longestGap: Duration): Schedule {
    const fields = `${expression}`.split(' ');
    const remedy = "use five fields of numbers, '*', lists, ranges and steps, such as '0 2,14 * * *'";
    if (fields.length !== 5) {
      throw new Error(`Schedule.cron has '${expression}', which has ${fields.length} fields: ${remedy}`);
    }
    for (const [position, [name, [least, most]]] of Object.entries(FIELDS).entries()) {
      if (!fields[position].split(',').every((part) => isValid(part, least, most))) {
        throw new Error(
          `Schedule.cron has '${expression}', in which '${fields[position]}' is not a valid ${name} (${least} to ${most}): ${remedy}`,
        );
      }
    }
    if (longestGap.toSeconds() < 60) {
      throw new Error(
        `Schedule.cron('${expression}') needs a longestGap of at least a minute: use the longest time between two runs, such as Duration.days(1)`,
      );
    }
    return new Schedule(expression, longestGap);
  }

  private constructor(
    /** The cron expression. */
    public readonly expression: string,
    /** The longest time between two runs. */
    public readonly longestGap: Duration,
  ) {}
}

/** Seconds after which a job should have succeeded again, with time to run. */
export function maximumAge({ longestGap }: Schedule): number {
  return longestGap.toSeconds() + 3 * 3600;
}

/** Returns minute and hour of a time in cron's order: `30 2` for `02:30`. */
function at(what: string, time: string): string {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  if (hour === undefined) {
    throw new Error(
      `${what} has the invalid time '${time}': use hour and minute in UTC with two digits each, such as '02:00'`,
    );
  }
  return `${Number(minute)} ${Number(hour)}`;
}

/** Whether one element of a cron list is valid: `5`, `1-5` or `*`, and a step after a range. */
function isValid(part: string, least: number, most: number): boolean {
  const [, all, from, to, step] = /^(?:(\*)|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part) ?? [];
  if (all === undefined && from === undefined) {
    return false;
  }
  const [first, last] = all ? [least, most] : [Number(from), Number(to ?? from)];
  const steps = step === undefined || (Number(step) > 0 && (all !== undefined || to !== undefined));
  return first >= least && last <= most && first <= last && steps;
}
