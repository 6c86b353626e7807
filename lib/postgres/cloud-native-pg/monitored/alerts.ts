import { Duration } from 'cdk8s';
import { type Alert, AlertSeverity } from '../../../monitoring/monitored';
import type { WatchedArchive } from '../backup/cluster-archive';
import { Durability } from '../cloud-native-pg-options';

/** Facts that the alerts follow from. */
export interface ClusterAlertFacts {
  /** Matchers of the series of the instances. */
  readonly series: string;
  readonly instances: number;
  readonly durability: Durability;
  /** Undefined where the operator does not back it up. */
  readonly archive?: WatchedArchive;
}

/** Seconds that a replica may be behind. */
export const REPLICA_LAG = 300;

/** The alerts of a replicated database. */
export function clusterAlerts({ series, instances, durability, archive }: ClusterAlertFacts): Alert[] {
  const replicas = instances - 1;
  const waits = durability === Durability.REQUIRED;
  return [
    {
      name: 'MatrixDatabasePrimaryAway',
      expression: `absent(cnpg_pg_replication_in_recovery{${series}} == 0)`,
      holdsFor: Duration.minutes(2),
      severity: AlertSeverity.CRITICAL,
      summary: 'The database has no primary',
      description: 'People can neither read nor write messages. No instance of the database answers as the primary.',
    },
    {
      name: 'MatrixDatabaseReplicasAway',
      expression: `max(cnpg_pg_replication_streaming_replicas{${series}}) < 1`,
      holdsFor: Duration.minutes(1),
      severity: waits ? AlertSeverity.CRITICAL : AlertSeverity.WARNING,
      summary: waits ? 'Every write waits for a replica' : 'No replica confirms what is written',
      description: waits
        ? 'People cannot send messages: the primary acknowledges no commit while no replica is connected.'
        : 'Messages of this time are lost if the volume of the primary is lost: no replica is connected.',
    },
    ...(replicas > 1 ? [someAway(series, replicas)] : []),
    {
      name: 'MatrixDatabaseReplicaBehind',
      expression: `max(cnpg_pg_replication_lag{${series}}) > ${REPLICA_LAG}`,
      holdsFor: Duration.minutes(5),
      severity: AlertSeverity.WARNING,
      summary: 'A replica of the database is behind',
      description:
        'A change of the primary takes longer, or loses this replica: it is {{ $value | humanizeDuration }} behind.',
    },
    ...(archive ? archiveAlerts(series, archive) : []),
  ];
}

function someAway(series: string, replicas: number): Alert {
  return {
    name: 'MatrixDatabaseReplicaAway',
    expression: `max(cnpg_pg_replication_streaming_replicas{${series}}) < ${replicas}`,
    holdsFor: Duration.minutes(10),
    severity: AlertSeverity.WARNING,
    summary: 'A replica of the database is away',
    description: `One more loss affects people: {{ $value }} of ${replicas} replicas are connected.`,
  };
}

function archiveAlerts(series: string, { lastBackup, maximumAge }: WatchedArchive): Alert[] {
  // What a former primary has not archived is no longer its own to archive.
  const primary = `and on (pod) cnpg_pg_replication_in_recovery{${series}} == 0`;
  return [
    {
      name: 'MatrixDatabaseNotArchived',
      expression: `max(cnpg_collector_pg_wal_archive_status{${series},value="ready"} ${primary}) > 0`,
      holdsFor: Duration.minutes(10),
      severity: AlertSeverity.CRITICAL,
      summary: 'New messages do not reach the archive of the database',
      description:
        'Messages of this time are lost if all volumes of the database are, and the volumes fill: {{ $value }} segments of WAL wait.',
    },
    {
      name: 'MatrixDatabaseBackupOverdue',
      expression: `time() - max(${lastBackup}{${series}}) > ${maximumAge}`,
      // A new system makes its first one meanwhile.
      holdsFor: Duration.minutes(30),
      severity: AlertSeverity.CRITICAL,
      summary: 'The last base backup of the database is too old',
      description: 'A restore takes longer each day; if none was ever made, nothing can be restored.',
    },
  ];
}
