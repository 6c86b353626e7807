import { Duration } from 'cdk8s';
import { backupAlerts } from '../../../lib/backups/monitored/alerts';

const alerts = (seconds: number, ownDatabase = true) =>
  backupAlerts({
    series: 'app="agent"',
    plan: { recoveryPointObjective: Duration.seconds(seconds) },
    ownDatabase,
  });

it('misses the recovery point above the objective', () => {
  const [missed] = alerts(30).filter(({ name }) => name === 'MatrixRecoveryPointMissed');
  expect(missed.expression).toContain('> 30');
  expect(missed.description).toContain('The objective is 30 s.');
});

it('watches the WAL only where the database is backed up here', () => {
  const names = (own: boolean) => alerts(60, own).map(({ name }) => name);
  expect(names(true)).toEqual([
    ...names(false),
    'MatrixDatabaseVolumeFull',
    'MatrixWalNotUploaded',
    'MatrixRecoveryPointMissed',
  ]);
});

it('has an alert for each problem that the agent reports', () => {
  const parts = ['archive', 'log', 'annotations', 'notes', 'backup', 'prune', 'drill', 'dump'];
  const watched = alerts(60).flatMap(({ expression }) => /part=~"([^"]+)"/.exec(expression)?.[1].split('|') ?? []);
  expect(watched.sort()).toEqual(parts.sort());
});
