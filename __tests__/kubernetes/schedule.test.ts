import { checkDistinctMinutes, checkedSchedule, longestGapDays } from '../../lib/kubernetes/schedule';

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

const NIGHTLY = '0 2 * * *';

it.each([
  ['their hours differ', '0 3 * * *'],
  ['their minutes differ', '30 2 * * *'],
  ['their lists never share a minute', '5,10-20/5 * * * *'],
  ['one is a short form', '@daily'],
])('takes two schedules when %s', (_, drill) => {
  expect(() => checkDistinctMinutes({ backup: NIGHTLY, drill })).not.toThrow();
});

it.each([
  ['0 2 * * 0', '0 2 * * 1-6'],
  ['0 2 1 1-6 *', '0 2 1 7-12 *'],
  ['0 2 1 * *', '0 2 2-31 * *'],
])('takes %s beside %s: their days differ', (first, second) => {
  expect(() => checkDistinctMinutes({ first, second })).not.toThrow();
});

it.each<[string, string, string, string, string]>([
  ['one runs on some days of the other', NIGHTLY, '0 2 * * 0', '2024-01-07 02:00', "write '30 2 * * 0' for drill"],
  ['one runs always', '* * * * *', '0 2 * * 0', '2024-01-07 02:00', 'write other hours or days for drill'],
  ['one is a short form', '0 0 * * *', '@weekly', '2024-01-07 00:00', "write '30 0 * * SUN' for drill"],
  ['they share one minute of many', '*/15 * * * *', '7,45 2 * * *', '2024-01-01 02:45', "write '17,55 2 * * *' for"],
  ['they share half hours', '*/30 * * * *', '0,30 2 * * *', '2024-01-01 02:00', "write '15,45 2 * * *' for drill"],
  ['they meet within 28 years', '0 2 29 2 *', '0 2 * * 0', '2032-02-29 02:00', "write '30 2 * * 0' for drill"],
  ['a day or a weekday is enough', '0 2 13 * 5', '0 2 13 * *', '2024-01-13 02:00', "write '30 2 13 * *' for drill"],
])('fails when %s', (_, backup, drill, minute, remedy) => {
  const check = () => checkDistinctMinutes({ backup, drill });
  expect(check).toThrow(
    `backup '${backup}' and drill '${drill}' both run in one minute, such as that of ${minute} UTC`,
  );
  expect(check).toThrow(remedy);
});

it('fails when the third meets the first, and offers what meets none', () => {
  const check = () => checkDistinctMinutes({ backup: NIGHTLY, check: '30 2 * * *', drill: '0 2 * * 0' });
  expect(check).toThrow("backup '0 2 * * *' and drill '0 2 * * 0'");
  expect(check).toThrow("write '15 2 * * 0' for drill");
});

it.each([
  ['0 2 * * *', 1],
  ['@midnight', 1],
  ['0 2 * * 0', 7],
  ['0 2 * * 1,3', 5],
  ['0 2 1 * *', 31],
  ['0 2 31 * *', 61],
  ['0 2 1 */3 *', 92],
  ['@yearly', 366],
  ['0 2 29 2 *', 1461],
  ['0 2 1 * 0', 7],
  ['0 */6 * * *', 0.25],
  ['0 0,18 * * *', 0.75],
  ['0 6,18 * * 0', 6.5],
])('%s leaves at most %d days', (schedule, days) => {
  expect(longestGapDays(schedule)).toBeCloseTo(days, 10);
});
