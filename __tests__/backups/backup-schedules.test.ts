import type { BackupOptions } from '../../lib';
import { checkedSchedules, maximumAge } from '../../lib/backups/backup-schedules';
import { checkedRetention } from '../../lib/backups/retention';

const made = (options: BackupOptions = {}) => checkedSchedules(options, checkedRetention(options));

it('minimal: every night a set, every week a drill and a logical copy', () => {
  expect(made()).toEqual({ backup: '0 2 * * *', prune: '30 3 * * *', drill: '30 4 * * 0', dump: '30 5 * * 6' });
});

it('all props', () => {
  const schedules = {
    backupSchedule: '0 * * * *',
    pruneSchedule: '30 1 * * *',
    drillSchedule: '45 3 * * *',
    dumpSchedule: '15 4 1 * *',
  };
  expect(Object.values(made(schedules))).toEqual(Object.values(schedules));
});

it.each<[string, BackupOptions, string, string]>([
  ['a schedule has no meaning', { pruneSchedule: '61 * * * *' }, "schedule '61 * * * *'", "'0 2 * * *'"],
  [
    'prune and backup fall into one minute',
    { pruneSchedule: '0 2 * * 1' },
    "backupSchedule '0 2 * * *' and pruneSchedule '0 2 * * 1' both run in one minute",
    "write '30 2 * * 1' for pruneSchedule",
  ],
  [
    'dump and drill fall into one minute',
    { dumpSchedule: '30 4 * * *' },
    "drillSchedule '30 4 * * 0' and dumpSchedule '30 4 * * *' both run",
    'for dumpSchedule',
  ],
  [
    'a drill comes after the last good set is gone',
    { keepDaily: 3, keepWeekly: 0, keepMonthly: 0 },
    "drill schedule '30 4 * * 0' leaves up to 7 days between two drills",
    'Write at least keepDaily: 8',
  ],
])('fails when %s', (_, options, value, remedy) => {
  expect(() => made(options)).toThrow(value);
  expect(() => made(options)).toThrow(remedy);
});

it.each([
  ['0 * * * *', 4],
  ['0 2 * * *', 27],
  ['30 4 * * 0', 7 * 24 + 3],
  ['0 2 31 * *', 61 * 24 + 3],
])('%s should have succeeded again after %d hours', (schedule, hours) => {
  expect(maximumAge(schedule)).toBe(hours * 3600);
});
