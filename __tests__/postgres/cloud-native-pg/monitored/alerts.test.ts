import { Duration } from 'cdk8s';
import { ClusterBackup, Durability, Schedule, SecretKey } from '../../../../lib';
import { clusterAlerts } from '../../../../lib/postgres/cloud-native-pg/monitored/alerts';

const alerts = (instances: number, durability: Durability) =>
  clusterAlerts({ series: 'app="x"', instances, durability }).map(({ name, severity }) => `${name} ${severity}`);

it('is critical that no replica is there only while writes wait for one', () => {
  expect(alerts(2, Durability.REQUIRED)).toContain('MatrixDatabaseReplicasAway critical');
  expect(alerts(2, Durability.PREFERRED)).toContain('MatrixDatabaseReplicasAway warning');
});

it('tells that one of several replicas is away', () => {
  expect(alerts(3, Durability.REQUIRED)).toContain('MatrixDatabaseReplicaAway warning');
  expect(alerts(2, Durability.REQUIRED)).not.toContain('MatrixDatabaseReplicaAway warning');
});

it('watches the archive where the operator writes one, by the metric of what writes it', () => {
  const archived = (backup: ClusterBackup) =>
    clusterAlerts({ series: 'app="x"', instances: 2, durability: Durability.REQUIRED, archive: backup._watched })
      .filter(({ name }) => /Archived|Backup/.test(name))
      .map(({ expression }) => expression);
  const schedule = Schedule.cron('0 */6 * * *', Duration.hours(6));
  const last = 'barman_cloud_cloudnative_pg_io_last_available_backup_timestamp';
  expect(archived(ClusterBackup.plugin({ objectStore: 'store', schedule }))).toEqual([
    'max(cnpg_collector_pg_wal_archive_status{app="x",value="ready"} and on (pod) cnpg_pg_replication_in_recovery{app="x"} == 0) > 0',
    `time() - max(${last}{app="x"}) > 32400`,
  ]);
  const [accessKeyId, secretAccessKey] = ['id', 'key'].map((key) => SecretKey.fromSecretName('store', key));
  const credentials = { accessKeyId, secretAccessKey };
  expect(archived(ClusterBackup.s3({ destination: 's3://backups/matrix', credentials }))[1]).toBe(
    'time() - max(cnpg_collector_last_available_backup_timestamp{app="x"}) > 97200',
  );
  expect(archived(ClusterBackup.none())).toEqual([]);
});
