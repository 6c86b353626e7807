import { Duration, Size } from 'cdk8s';
import type { BackupOptions } from '../../lib/backups';
import { checkedPlan } from '../../lib/backups/backup-plan';
import { Schedule } from '../../lib/kubernetes/schedule';
import { resources } from '../../lib/kubernetes/workloads/resources';

const seconds = (options: BackupOptions) => {
  const { recoveryPointObjective, archiveTimeout } = checkedPlan(options);
  return [recoveryPointObjective.toSeconds(), archiveTimeout.toSeconds()];
};

it('minimal', () => {
  const plan = checkedPlan({});
  expect(plan).toMatchObject({ keep: { daily: 7, weekly: 4, monthly: 3 }, fullCheckEvery: 7 });
  expect(seconds({})).toEqual([60, 40]);
});

it('all props', () => {
  const options: Required<BackupOptions> = {
    storage: Size.gibibytes(500),
    keep: { daily: 1, weekly: 2, monthly: 12 },
    schedules: { backup: Schedule.daily('01:00') },
    fullCheckEvery: Duration.days(31),
    recoveryPointObjective: Duration.minutes(2),
    agentResources: resources(11, 33, 129),
    jobResources: resources(12, 34, 130),
  };
  const plan = checkedPlan(options);
  expect(plan).toMatchObject({ keep: options.keep, fullCheckEvery: 31 });
  expect(plan.schedules.backup).toBe(options.schedules.backup);
  expect(seconds(options)).toEqual([120, 80]);
});

it.each([
  [20, 13],
  [30, 20],
  [60, 40],
  [3600, 2400],
])('archives WAL for an objective of %d s after %d s, which leaves time for the upload', (objective, timeout) => {
  expect(seconds({ recoveryPointObjective: Duration.seconds(objective) })).toEqual([objective, timeout]);
});

const OBJECTIVE = 'recoveryPointObjective must be whole seconds from 20 to 3600, got';
const CHECK = 'fullCheckEvery must be 1 to 31 whole days, got';

it.each<[string, BackupOptions, string, string]>([
  ['the objective is too short', { recoveryPointObjective: Duration.seconds(19) }, `${OBJECTIVE} 19 s`, 'seconds(60)'],
  ['the objective is 0', { recoveryPointObjective: Duration.seconds(0) }, `${OBJECTIVE} 0 s`, 'synchronousReplication'],
  [
    'the objective is above an hour',
    { recoveryPointObjective: Duration.seconds(3601) },
    `${OBJECTIVE} 3601 s`,
    'seconds(60)',
  ],
  [
    'it is a part of a second',
    { recoveryPointObjective: Duration.millis(30_500) },
    `${OBJECTIVE} 30.5 s`,
    'seconds(60)',
  ],
  ['the time of a full check is 0', { fullCheckEvery: Duration.days(0) }, `${CHECK} 0 days`, 'Duration.days(7)'],
  [
    'the time of a full check is not whole days',
    { fullCheckEvery: Duration.hours(60) },
    `${CHECK} 2.5 days`,
    'Duration.days(7)',
  ],
  [
    'the time of a full check is above 31 days',
    { fullCheckEvery: Duration.days(32) },
    `${CHECK} 32 days`,
    'Duration.days(7)',
  ],
])('fails when %s', (_, options, value, remedy) => {
  expect(() => checkedPlan(options)).toThrow(value);
  expect(() => checkedPlan(options)).toThrow(remedy);
});

it('refuses an objective that would be ignored, and accepts the default', () => {
  const managed = "the database at 'db' is managed elsewhere";
  expect(() => checkedPlan({ recoveryPointObjective: Duration.seconds(60) }, managed)).toThrow(
    "recoveryPointObjective is 60 s, but the database at 'db' is managed elsewhere: leave it out",
  );
  expect(checkedPlan({}, managed).schedules.dump).toBeUndefined();
});
