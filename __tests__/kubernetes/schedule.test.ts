import { Duration } from 'cdk8s';
import { maximumAge, Schedule, Weekday } from '../../lib/kubernetes/schedule';
import { untyped } from '../support/parts';

it.each([
  ['daily', Schedule.daily('02:00'), '0 2 * * *', 1],
  ['daily, in the last minute', Schedule.daily('23:59'), '59 23 * * *', 1],
  ['daily, in the first', Schedule.daily('00:00'), '0 0 * * *', 1],
  ['weekly', Schedule.weekly(Weekday.SUNDAY, '04:30'), '30 4 * * 0', 7],
  ['weekly, on the last day', Schedule.weekly(Weekday.SATURDAY, '04:05'), '5 4 * * 6', 7],
  ['monthly', Schedule.monthly(1, '05:30'), '30 5 1 * *', 31],
  ['monthly, on the last day that every month has', Schedule.monthly(28, '19:00'), '0 19 28 * *', 31],
  ['cron', Schedule.cron('0 2,14 * * *', Duration.hours(12)), '0 2,14 * * *', 0.5],
])('%s is the expression %j', (_, schedule, expression, days) => {
  expect(schedule.expression).toBe(expression);
  expect(schedule.longestGap.toSeconds()).toBe(days * 86400);
});

const TIMES = ['2:00', '24:00', '02:60', '02:00:00', '02.00', ' 02:00', '02:00\n', ''];

it.each(TIMES)('refuses the time %j', (time) => {
  const wrong = untyped<string>(time);
  for (const [what, make] of Object.entries({
    daily: () => Schedule.daily(wrong),
    weekly: () => Schedule.weekly(Weekday.MONDAY, wrong),
    monthly: () => Schedule.monthly(1, wrong),
  })) {
    expect(make).toThrow(`Schedule.${what} has the invalid time '${time}'`);
    expect(make).toThrow("such as '02:00'");
  }
});

it.each([0, 29, 1.5])('refuses the day %p of a month', (day) => {
  const make = () => Schedule.monthly(untyped(day), '02:00');
  expect(make).toThrow(`Schedule.monthly has the invalid day ${day}`);
  expect(make).toThrow('1 to 28');
});

it.each([
  '0 2 * * *',
  '*/15 * * * *',
  '5,10-20/5 * * * *',
  '30 1-5/2 1,15 * 1-5',
  '0 0 29 2 *',
  '0 3 * * 0-6/2',
  '0 3 */7 * *',
  '59 23 31 12 6',
  '00 02 * * *',
])('accepts the expression %s', (expression) => {
  expect(Schedule.cron(expression, Duration.days(1)).expression).toBe(expression);
});

it.each([
  ['it is empty', '', '1 fields'],
  ['a field is missing', '0 2 * *', '4 fields'],
  ['it has seconds', '0 0 2 * * *', '6 fields'],
  ['spaces are doubled', '0  2 * * *', '6 fields'],
  ['it names a time zone', 'TZ=UTC 0 2 * * *', '6 fields'],
  ['it is a short form', '@daily', '1 fields'],
  ['a minute is 60', '60 2 * * *', 'minute'],
  ['an hour is 24', '0 24 * * *', 'hour'],
  ['a day is 0', '0 2 0 * *', 'day of the month'],
  ['a day is 32', '0 2 32 * *', 'day of the month'],
  ['a month is 0', '0 2 * 0 *', 'month'],
  ['a month is 13', '0 2 * 13 *', 'month'],
  ['Sunday is day 7', '0 2 * * 7', 'day of the week'],
  ['a week ends with day 7', '0 2 * * 5-7', 'day of the week'],
  ['a range runs backwards', '0 5-1 * * *', 'hour'],
  ['a step is 0', '*/0 * * * *', 'minute'],
  ['a step follows a single number', '5/10 * * * *', 'minute'],
  ['a list ends with a comma', '0,30, * * * *', 'minute'],
  ['a number is negative', '-1 * * * *', 'minute'],
  ['a month has a name', '0 2 * jan *', 'month'],
  ['a day has a name', '0 2 * * MON', 'day of the week'],
  ['a question mark stands for any day', '0 2 ? * *', 'day of the month'],
  ['it means the last day', '0 2 L * *', 'day of the month'],
  ['it means the last Friday', '0 2 * * 5L', 'day of the week'],
  ['it means a nearest weekday', '0 2 15W * *', 'day of the month'],
  ['it means a second Friday', '0 2 * * 5#2', 'day of the week'],
])('refuses an expression when %s', (_, expression, where) => {
  const make = () => Schedule.cron(untyped(expression), Duration.days(1));
  expect(make).toThrow(`'${expression}'`);
  expect(make).toThrow(where);
  expect(make).toThrow("such as '0 2,14 * * *'");
});

it('refuses a longest gap that is shorter than a minute', () => {
  const make = () => Schedule.cron('0 2 * * *', Duration.seconds(59));
  expect(make).toThrow("'0 2 * * *'");
  expect(make).toThrow('such as Duration.days(1)');
});

it.each<[Schedule, number]>([
  [Schedule.cron('0 * * * *', Duration.hours(1)), 4],
  [Schedule.daily('02:00'), 27],
  [Schedule.weekly(Weekday.SUNDAY, '04:30'), 7 * 24 + 3],
  [Schedule.monthly(1, '02:00'), 31 * 24 + 3],
])('%j should have succeeded again after %d hours', (schedule, hours) => {
  expect(maximumAge(schedule)).toBe(hours * 3600);
});
