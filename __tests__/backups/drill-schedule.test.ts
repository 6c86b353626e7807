import { checkDrillSchedule } from '../../lib/backups/drill-schedule';
import { checkedRetention, type RetentionProps } from '../../lib/backups/retention';

it.each<[string, string, RetentionProps]>([
  ['weekly, by default', '0 4 * * 0', {}],
  ['daily', '0 4 * * *', { keepDaily: 2, keepWeekly: 0, keepMonthly: 0 }],
  ['weekly, by days', '0 4 * * 0', { keepDaily: 8, keepWeekly: 0, keepMonthly: 0 }],
  ['monthly', '0 4 1 * *', { keepMonthly: 4 }],
])('takes a drill that comes in time: %s', (_, drill, props) => {
  expect(() => checkDrillSchedule(drill, checkedRetention(props))).not.toThrow();
});

const ONLY_DAILY = { keepWeekly: 0, keepMonthly: 0 };

it.each<[string, string, RetentionProps, string, string]>([
  [
    'it is monthly, by default',
    '0 4 1 * *',
    {},
    "'0 4 1 * *' leaves up to 31 days between two drills, but keepDaily 7, keepWeekly 4 and keepMonthly 3 may reach back no further than 29 days",
    "Write at least keepMonthly: 4, or drill every week, such as '0 4 * * 0'",
  ],
  [
    'seven days are kept and the eighth is the next drill',
    '0 4 * * 0',
    { keepDaily: 7, ...ONLY_DAILY },
    'up to 7 days between two drills',
    "Write at least keepDaily: 8, or drill every day, such as '0 4 * * *'",
  ],
  [
    'one set is kept',
    '0 4 * * *',
    { keepDaily: 1, ...ONLY_DAILY },
    'up to 1 day between',
    'Write at least keepDaily: 2',
  ],
  ['it is yearly', '@yearly', {}, 'up to 366 days', 'Write at least keepMonthly: 16'],
])('fails when %s', (_, drill, props, value, remedy) => {
  const check = () => checkDrillSchedule(drill, checkedRetention(props));
  expect(check).toThrow(value);
  expect(check).toThrow(remedy);
});

it.each(['0 4 * * 0', '0 4 1 * *', '@yearly', '0 4 29 2 *', '0 4 * * 1,3'])(
  '%s passes with what it offers',
  (drill) => {
    let offered: RetentionProps = {};
    try {
      checkDrillSchedule(drill, checkedRetention({ keepDaily: 1, ...ONLY_DAILY }));
    } catch (problem) {
      const [, name, count] = /at least (\w+): (\d+)/.exec((problem as Error).message) ?? [];
      offered = { [name]: Number(count) };
    }
    const few = { keepDaily: 1, ...ONLY_DAILY, ...offered };
    expect(offered).not.toEqual({});
    expect(() => checkDrillSchedule(drill, checkedRetention(few))).not.toThrow();
  },
);
