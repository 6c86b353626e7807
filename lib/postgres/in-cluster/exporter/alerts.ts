import { Duration } from 'cdk8s';
import { type Alert, AlertSeverity } from '../../../monitoring/monitored';

/** Facts that the thresholds follow from. */
export interface PostgresAlertFacts {
  /** Matchers of the series of the exporter. */
  readonly series: string;
  /** Time after which a WAL segment is archived. @default - WAL is not archived */
  readonly archiveTimeout?: Duration;
  /** Whether commits wait for a synchronous WAL receiver. */
  readonly synchronous: boolean;
}

/** Share of the connections above which new ones are soon refused. */
export const CONNECTIONS_FULL = 0.85;

/** Seconds after which a transaction keeps vacuum from cleaning up. */
export const LONG_TRANSACTION = 3600;

/** Age of transaction IDs at which vacuum is far behind: it begins at 200 million, and PostgreSQL stops at 2,000. */
export const WRAPAROUND = 500e6;

/** Share of dead rows above which a table is mostly waste. */
export const DEAD_ROWS = 0.4;

/** The alerts of the database. */
export function postgresAlerts(facts: PostgresAlertFacts): Alert[] {
  const { series } = facts;
  return [
    {
      name: 'MatrixPostgresDown',
      expression: `(max(pg_up{${series}}) == 0) or (sum(up{${series}}) == 0) or absent(up{${series}})`,
      holdsFor: Duration.minutes(3),
      severity: AlertSeverity.CRITICAL,
      summary: 'PostgreSQL does not answer',
      description:
        'People can neither read nor write messages. PostgreSQL, or the exporter beside it, does not answer.',
    },
    {
      name: 'MatrixPostgresConnections',
      expression: `matrix_postgres_connections{${series}} / matrix_postgres_connections_limit{${series}} > ${CONNECTIONS_FULL}`,
      holdsFor: Duration.minutes(5),
      severity: AlertSeverity.WARNING,
      summary: 'PostgreSQL soon refuses connections',
      description:
        'Messages, backups or logins will fail when no connection is left: {{ $value | humanizePercentage }} are in use.',
    },
    {
      name: 'MatrixPostgresChecksums',
      expression: `matrix_postgres_checksum_failures_total{${series}} > 0`,
      severity: AlertSeverity.CRITICAL,
      summary: 'Pages of the database are damaged',
      description:
        'Messages may be lost: PostgreSQL read {{ $value }} pages that do not match their checksum. The disk is probably failing.',
    },
    {
      name: 'MatrixPostgresLongTransaction',
      expression: `matrix_postgres_oldest_transaction_seconds{${series}} > ${LONG_TRANSACTION}`,
      holdsFor: Duration.minutes(5),
      severity: AlertSeverity.WARNING,
      summary: 'A transaction has been open for over an hour',
      description:
        'The server gets slower for everyone: vacuum removes nothing while a transaction of {{ $value | humanizeDuration }} is open.',
    },
    {
      name: 'MatrixPostgresWraparound',
      expression: `matrix_postgres_unfrozen_transactions{${series}} > ${WRAPAROUND}`,
      holdsFor: Duration.hours(1),
      severity: AlertSeverity.WARNING,
      summary: 'Vacuum of the database is far behind',
      description:
        'PostgreSQL refuses every write at 2,000 million unfrozen transactions. It has {{ $value | humanize }}.',
    },
    {
      name: 'MatrixPostgresDeadRows',
      expression:
        `matrix_postgres_table_dead_rows{${series}} / (matrix_postgres_table_live_rows{${series}} + matrix_postgres_table_dead_rows{${series}}) > ${DEAD_ROWS} ` +
        `and matrix_postgres_table_dead_rows{${series}} > 1e6`,
      holdsFor: Duration.hours(6),
      severity: AlertSeverity.WARNING,
      summary: 'Table {{ $labels.table }} is mostly dead rows',
      description:
        'The server gets slower and its volume fills: {{ $value | humanizePercentage }} of the rows of {{ $labels.table }} are dead.',
    },
    ...ofArchive(facts),
    ...ofReceiver(facts),
  ];
}

function ofArchive({ series, archiveTimeout }: PostgresAlertFacts): Alert[] {
  return archiveTimeout
    ? [
        {
          name: 'MatrixPostgresArchiveBlocked',
          // A segment is archived at once when it is complete, so one that waits this long was refused.
          expression: `matrix_postgres_wal_waiting_seconds{${series}} > ${2 * archiveTimeout.toSeconds()}`,
          holdsFor: Duration.minutes(1),
          severity: AlertSeverity.CRITICAL,
          summary: 'PostgreSQL cannot archive its WAL',
          description:
            'Messages of the last {{ $value | humanizeDuration }} would be lost with the volume of the database, which also fills.',
        },
      ]
    : [];
}

function ofReceiver({ series, synchronous }: PostgresAlertFacts): Alert[] {
  return synchronous
    ? [
        {
          name: 'MatrixWalReceiverAway',
          expression: `matrix_postgres_synchronous_receivers{${series}} < 1`,
          holdsFor: Duration.minutes(1),
          severity: AlertSeverity.CRITICAL,
          summary: 'Every write waits for the synchronous WAL receiver',
          description: 'People cannot send messages: PostgreSQL acknowledges no commit while the WAL receiver is away.',
        },
      ]
    : [];
}
