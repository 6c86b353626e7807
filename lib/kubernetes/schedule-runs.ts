import { CronPattern } from 'croner';

/** A day on which a schedule runs. */
export interface RunDay {
  /** Counted from Monday, 1 January 2024. */
  readonly number: number;
  /** `2024-01-01` */
  readonly date: string;
}

const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const WEEK = 7;
/** After 28 years, each date is the same day of the week again. */
const CALENDAR = 28 * 365 + 7;

const known = new Map<string, ScheduleRuns>();

/** When a schedule runs: at each of its minutes in each of its hours, on its days. */
export class ScheduleRuns {
  /** @param schedule one that `checkedSchedule` takes. */
  public static of(schedule: string): ScheduleRuns {
    const runs = known.get(schedule) ?? new ScheduleRuns(schedule);
    known.set(schedule, runs);
    return runs;
  }

  /** The schedule as five fields. */
  public readonly fields: string[];
  public readonly minutes: number[];
  public readonly hours: number[];
  /** How many days it takes until its days repeat themselves. */
  public readonly cycle: number;
  private readonly pattern: CronPattern;

  private constructor(schedule: string) {
    // Every first is every one to Kubernetes, but not to croner, which then adds the days of the week.
    this.pattern = new CronPattern(schedule.replace('@midnight', '@daily').replace(/([*?])\/1(?!\d)/g, '$1'));
    this.fields = this.pattern.pattern.split(' ');
    this.minutes = positions(this.pattern.minute);
    this.hours = positions(this.pattern.hour);
    this.cycle = this.pattern.starDOM && this.pattern.month.every(Boolean) ? WEEK : CALENDAR;
  }

  /** The days of one cycle on which it runs, and `other` with it where one is given. */
  public *days(other: ScheduleRuns = this): Generator<RunDay> {
    let [year, month, day] = [2024, 0, 0];
    for (let number = 0; number < Math.max(this.cycle, other.cycle); number++) {
      const weekday = (number + 1) % WEEK;
      if (this.runsOn(month, day, weekday) && other.runsOn(month, day, weekday)) {
        yield { number, date: `${year}-${twoDigits(month + 1)}-${twoDigits(day + 1)}` };
      }
      day += 1;
      if (day === MONTHS[month] + (month === 1 && year % 4 === 0 ? 1 : 0)) {
        day = 0;
        month += 1;
      }
      if (month === 12) {
        month = 0;
        year += 1;
      }
    }
  }

  private runsOn(month: number, day: number, weekday: number): boolean {
    const { pattern } = this;
    const [byDate, byWeekday] = [Boolean(pattern.day[day]), Boolean(pattern.dayOfWeek[weekday])];
    // Where both are named, either is enough.
    const either = !pattern.starDOM && !pattern.starDOW;
    return Boolean(pattern.month[month]) && (either ? byDate || byWeekday : byDate && byWeekday);
  }
}

/** `7` as `07`. */
export function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

function positions(field: number[]): number[] {
  return field.flatMap((set, position) => (set ? [position] : []));
}
