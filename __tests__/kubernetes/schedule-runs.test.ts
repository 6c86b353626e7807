import { Cron } from 'croner';
import { ScheduleRuns } from '../../lib/kubernetes/schedule-runs';

const DAY = 24 * 3600 * 1000;
const FIRST = Date.UTC(2024, 0, 1);

it.each([
  '0 2 * * *',
  '0 0 29 2 *',
  '30 1-5/2 1,15 * MON-FRI',
  '0 0 1 jan,Jul ?',
  '0 3 * * 0-6/2',
  '0 3 */7 * *',
  '0 3 31 * *',
  '0 3 * 2-4 SAT',
  '@midnight',
  '@weekly',
  '@yearly',
])('knows the days of %s as croner does', (schedule) => {
  const runs = ScheduleRuns.of(schedule);
  const [hour, minute] = [runs.hours[0], runs.minutes[0]];
  const cron = new Cron(schedule.replace('@midnight', '@daily'), { paused: true, utcOffset: 0 });
  const days = Array.from({ length: runs.cycle }, (_, number) => number);
  const expected = days.filter((number) => cron.match(new Date(FIRST + number * DAY + (hour * 60 + minute) * 60_000)));
  const found = [...runs.days()];
  expect(found.map(({ number }) => number)).toEqual(expected);
  expect(found.map(({ date }) => date)).toEqual(
    expected.map((number) => new Date(FIRST + number * DAY).toISOString().slice(0, 10)),
  );
});

it('knows hours and minutes', () => {
  expect(ScheduleRuns.of('5,10-12,*/30 1-5/2 * * *')).toMatchObject({
    hours: [1, 3, 5],
    minutes: [0, 5, 10, 11, 12, 30],
  });
  expect(ScheduleRuns.of('@hourly').hours).toHaveLength(24);
});

it('writes short forms as fields', () => {
  expect(ScheduleRuns.of('@midnight').fields).toEqual(['0', '0', '*', '*', '*']);
});

it.each([
  ['0 3 * * 0', 7],
  ['0 3 ? * MON-FRI', 7],
  ['0 3 1 * *', 10227],
  ['0 3 * 1 *', 10227],
])('the days of %s repeat themselves after %i', (schedule, days) => {
  expect(ScheduleRuns.of(schedule).cycle).toBe(days);
});

it.each(['0 3 */1 * 0', '0 3 ?/1 * 0'])('reads %s as Kubernetes does: on Sundays', (schedule) => {
  expect([...ScheduleRuns.of(schedule).days()].map(({ date }) => date)).toEqual(['2024-01-07']);
});

it.each([
  ['0 3 29 2 *', '0 3 * * 0'],
  ['0 3 * * 0', '0 3 29 2 *'],
])('finds the days on which both %s and %s run', (one, other) => {
  const [day] = ScheduleRuns.of(one).days(ScheduleRuns.of(other));
  expect(day.date).toBe('2032-02-29');
});
