import { checkedSchedule } from '../../lib/kubernetes/schedule';

it.each([
  '0 2 * * *',
  '*/15 * * * *',
  '30 1-5/2 1,15 * MON-FRI',
  '0 0 29 2 *',
  '0 0 1 jan,Jul ?',
  '0 3 * * 0',
  '0 3 * * 0-6/2',
  '0 3 */7 * *',
  '@daily',
  '@midnight',
  '@hourly',
])('takes %s', (schedule) => {
  expect(checkedSchedule(schedule)).toBe(schedule);
});

it.each([
  ['it is empty', ''],
  ['a field is missing', '0 2 * *'],
  ['it has seconds', '0 0 2 * * *'],
  ['spaces are doubled', '0  2 * * *'],
  ['an hour is 24', '0 24 * * *'],
  ['a month is 13', '0 2 * 13 *'],
  ['a range runs backwards', '0 5-1 * * *'],
  ['a step is 0', '*/0 * * * *'],
  ['the day never comes', '0 0 30 2 *'],
  ['it names a time zone', 'TZ=UTC 0 2 * * *'],
  ['it waits for a start', '@reboot'],
  ['a short form has capitals', '@Daily'],
  ['a day is written out', '0 2 * * MONDAY'],
  // croner reads these; Kubernetes does not.
  ['it means the last day', '0 2 L * *'],
  ['it means the last Friday', '0 2 * * 5L'],
  ['it means a nearest weekday', '0 2 15W * *'],
  ['it means a second Friday', '0 2 * * 5#2'],
  ['Sunday is day 7', '0 2 * * 7'],
  ['a week ends with day 7', '0 2 * * 5-7'],
  ['a week ends with Sunday', '0 2 * * FRI-SUN'],
])('fails when %s', (_, schedule) => {
  expect(() => checkedSchedule(schedule)).toThrow(/^schedule '.*minute hour day month weekday/);
  expect(() => checkedSchedule(schedule)).toThrow(`'${schedule}'`);
});
