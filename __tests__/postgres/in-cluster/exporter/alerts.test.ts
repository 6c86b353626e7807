import { Duration } from 'cdk8s';
import { postgresAlerts } from '../../../../lib/postgres/in-cluster/exporter/alerts';

const alerts = (archiveTimeout?: Duration, synchronous = false) =>
  postgresAlerts({ series: 'app="matrix-postgres"', archiveTimeout, synchronous });
const names = (...args: Parameters<typeof alerts>) => alerts(...args).map(({ name }) => name);

it('waits twice the archive timeout for a segment', () => {
  const [blocked] = alerts(Duration.seconds(40)).filter(({ name }) => name === 'MatrixPostgresArchiveBlocked');
  expect(blocked.expression).toContain('> 80');
});

it('watches the archive only where WAL is archived, and the receiver only where there is one', () => {
  expect(names()).not.toContain('MatrixPostgresArchiveBlocked');
  expect(names()).not.toContain('MatrixWalReceiverAway');
  expect(names(Duration.seconds(40), true)).toEqual([
    ...names(),
    'MatrixPostgresArchiveBlocked',
    'MatrixWalReceiverAway',
  ]);
});
