import { Duration } from 'cdk8s';
import type { BackupSchedules, Retention } from '../../lib/backups';
import { checkedSchedules } from '../../lib/backups/backup-schedules';
import { checkedRetention } from '../../lib/backups/retention';
import { Schedule, Weekday } from '../../lib/kubernetes/schedule';

const made = (given: BackupSchedules = {}, keep: Retention = {}, managed?: string) =>
  checkedSchedules(given, checkedRetention(keep), managed);
const expressions = (all: object) => Object.values(all).map((one?: Schedule) => one?.expression);

it('minimal: a backup every night, a drill and a dump every week', () => {
  expect(expressions(made())).toEqual(['0 2 * * *', '30 3 * * *', '30 4 * * 0', '30 5 * * 6']);
});

it('all props, with jobs at the same time: they wait for one another', () => {
  const schedules: Required<BackupSchedules> = {
    backup: Schedule.cron('0 * * * *', Duration.hours(1)),
    prune: Schedule.daily('01:00'),
    drill: Schedule.daily('01:00'),
    dump: Schedule.monthly(1, '01:00'),
  };
  expect(made(schedules)).toEqual(schedules);
});

it('has no dumps for a managed database, and refuses a schedule that would be ignored', () => {
  const managed = "the database at 'db' is managed elsewhere";
  expect(made({}, {}, managed).dump).toBeUndefined();
  expect(() => made({ dump: Schedule.monthly(1, '07:00') }, {}, managed)).toThrow(
    "schedules.dump is '0 7 1 * *', but the database at 'db' is managed elsewhere: leave it out",
  );
});

const ONLY_DAILY = { weekly: 0, monthly: 0 };

it.each<[string, Schedule, Retention]>([
  ['weekly, by default', Schedule.weekly(Weekday.SUNDAY, '04:00'), {}],
  ['daily', Schedule.daily('04:00'), { daily: 2, ...ONLY_DAILY }],
  ['weekly, by days', Schedule.weekly(Weekday.SUNDAY, '04:00'), { daily: 8, ...ONLY_DAILY }],
  ['monthly', Schedule.monthly(1, '04:00'), { monthly: 4 }],
])('accepts a drill that is frequent enough: %s', (_, drill, keep) => {
  expect(made({ drill }, keep).drill).toBe(drill);
});

it.each<[string, Schedule, Retention, string, string]>([
  [
    'it is monthly, by default',
    Schedule.monthly(1, '04:00'),
    {},
    "schedules.drill '0 4 1 * *' leaves up to 31 days between two drills, but keep with daily 7, weekly 4 and monthly 3 may reach back " +
      'only 29 days',
    "Use at least keep: { monthly: 4 }, or schedules.drill: Schedule.weekly(Weekday.SUNDAY, '04:30')",
  ],
  [
    'seven days are kept and the eighth is the next drill',
    Schedule.weekly(Weekday.SUNDAY, '04:00'),
    { daily: 7, ...ONLY_DAILY },
    'up to 7 days between two drills',
    "Use at least keep: { daily: 8 }, or schedules.drill: Schedule.daily('04:30')",
  ],
  [
    'one backup is kept',
    Schedule.daily('04:00'),
    { daily: 1, ...ONLY_DAILY },
    'up to 1 day between',
    'Use at least keep: { daily: 2 }',
  ],
  ['it is yearly', Schedule.cron('0 4 1 1 *', Duration.days(366)), {}, 'up to 366 days', 'keep: { monthly: 16 }'],
])('refuses a drill when %s', (_, drill, keep, value, remedy) => {
  expect(() => made({ drill }, keep)).toThrow(value);
  expect(() => made({ drill }, keep)).toThrow(remedy);
});

it.each([
  Schedule.weekly(Weekday.SUNDAY, '04:00'),
  Schedule.monthly(1, '04:00'),
  Schedule.cron('0 4 1 1 *', Duration.days(366)),
  Schedule.cron('0 4 29 2 *', Duration.days(8 * 366)),
  Schedule.cron('0 4 * * 1,3', Duration.days(5)),
])('the retention in the message is accepted: %j', (drill) => {
  let offered: Retention = {};
  try {
    made({ drill }, { daily: 1, ...ONLY_DAILY });
  } catch (problem) {
    const [, name, count] = /keep: \{ (\w+): (\d+) \}/.exec((problem as Error).message) ?? [];
    offered = { [name]: Number(count) };
  }
  expect(offered).not.toEqual({});
  expect(() => made({ drill }, { daily: 1, ...ONLY_DAILY, ...offered })).not.toThrow();
});
