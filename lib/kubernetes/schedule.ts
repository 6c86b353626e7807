import { Duration } from 'cdk8s';

/** A day of the week, as cron counts it. */
export enum Weekday {
  SUNDAY = 0,
  MONDAY = 1,
  TUESDAY = 2,
  WEDNESDAY = 3,
  THURSDAY = 4,
  FRIDAY = 5,
  SATURDAY = 6,
}

/** The least and greatest number of each field. */
const FIELDS: { readonly [name: string]: readonly [number, number] } = {
  minute: [0, 59],
  hour: [0, 23],
  'day of the month': [1, 31],
  month: [1, 12],
  'day of the week': [0, 6],
};

/**
 * When a job runs, in UTC. Jobs that meet wait for one another.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */
export class Schedule {
  /**
   * Every day.
   *
   * @param time hour and minute: `02:00`.
   * @throws when it is not a time of the day.
   */
  public static daily(time: string): Schedule {
    return new Schedule(`${at('Schedule.daily', time)} * * *`, Duration.days(1));
  }

  /**
   * Once a week.
   *
   * @param time hour and minute: `04:30`.
   * @throws when it is not a time of the day, or the day is not a Weekday.
   */
  public static weekly(day: Weekday, time: string): Schedule {
    if (!Number.isInteger(day) || day < 0 || day > 6) {
      throw new Error(`Schedule.weekly has the day ${day}: use one of Weekday, such as Weekday.SUNDAY`);
    }
    return new Schedule(`${at('Schedule.weekly', time)} * * ${day}`, Duration.days(7));
  }

  /**
   * Once a month.
   *
   * @param day 1 to 28, which every month has.
   * @param time hour and minute: `05:30`.
   * @throws when it is not a time of the day, or not every month has the day.
   */
  public static monthly(day: number, time: string): Schedule {
    if (!Number.isInteger(day) || day < 1 || day > 28) {
      throw new Error(`Schedule.monthly has the day ${day}: use 1 to 28, which every month has`);
    }
    return new Schedule(`${at('Schedule.monthly', time)} ${day} * *`, Duration.days(31));
  }

  /**
   * Any other schedule.
   *
   * @param expression minute, hour, day of the month, month, day of the week: `0 2,14 * * *`. Numbers only.
   * @param longestGap the longest time between two runs: a run is overdue after it. `Duration.hours(12)` in the example.
   * @throws when Kubernetes would refuse the expression, or the gap is shorter than a minute.
   */
  public static cron(expression: string, longestGap: Duration): Schedule {
    const fields = `${expression}`.split(' ');
    const remedy = "use five fields of numbers, '*', lists, ranges and steps, such as '0 2,14 * * *'";
    if (fields.length !== 5) {
      throw new Error(`Schedule.cron has the expression '${expression}' with ${fields.length} fields: ${remedy}`);
    }
    for (const [position, [name, [least, most]]] of Object.entries(FIELDS).entries()) {
      if (!fields[position].split(',').every((part) => isValid(part, least, most))) {
        throw new Error(
          `Schedule.cron has '${fields[position]}' for the ${name} in '${expression}', which goes from ${least} to ${most}: ${remedy}`,
        );
      }
    }
    if (typeof longestGap?.toSeconds !== 'function' || longestGap.toSeconds() < 60) {
      throw new Error(
        `Schedule.cron('${expression}') needs the longest time between two runs, at least a minute: such as Duration.days(1)`,
      );
    }
    return new Schedule(expression, longestGap);
  }

  private constructor(
    /** As Kubernetes reads it. */
    public readonly expression: string,
    /** The longest time between two runs. */
    public readonly longestGap: Duration,
  ) {}
}

/** Minute and hour of `02:30`, as cron has them: `30 2`. */
function at(what: string, time: string): string {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  if (hour === undefined) {
    throw new Error(`${what} has the time '${time}': use hour and minute in UTC with two digits each, such as '02:00'`);
  }
  return `${Number(minute)} ${Number(hour)}`;
}

/** `5`, `1-5`, `*`, each with a step where it is a range. */
function isValid(part: string, least: number, most: number): boolean {
  const [, all, from, to, step] = /^(?:(\*)|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part) ?? [];
  if (all === undefined && from === undefined) {
    return false;
  }
  const [first, last] = all ? [least, most] : [Number(from), Number(to ?? from)];
  const steps = step === undefined || (Number(step) > 0 && (all !== undefined || to !== undefined));
  return first >= least && last <= most && first <= last && steps;
}
