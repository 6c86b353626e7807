import { Testing } from 'cdk8s';
import {
  BackupRepository,
  Backups,
  type CloudNativePgOptions,
  ClusterBackup,
  MatrixChart,
  Postgres,
  type S3ArchiveOptions,
  SecretKey,
} from '../../../../lib';
import { CloudNativePostgres } from '../../../../lib/postgres';
import { find } from '../../../support/manifests';
import { emptyChart, systemIn } from '../../../support/parts';
import { refusals } from '../../../support/schemas';

const S3: S3ArchiveOptions = {
  destination: 's3://backups/matrix',
  credentials: {
    accessKeyId: SecretKey.fromSecretName('store', 'id'),
    secretAccessKey: SecretKey.fromSecretName('store', 'key'),
  },
};

function recoveryOf(options: CloudNativePgOptions) {
  const chart = emptyChart();
  const { recovery } = new CloudNativePostgres(chart, 'Postgres', { system: systemIn(chart), ...options });
  return { chart, recovery, cluster: recovery && JSON.parse(JSON.stringify(recovery._manifest())) };
}

it('is one instance from the newest backup, which archives nothing', () => {
  const { cluster } = recoveryOf({ backup: ClusterBackup.s3(S3) });
  expect(cluster.metadata.name).toBe('matrix-database-drill');
  expect(cluster.metadata.labels.app).toBe('matrix-database-drill');
  const { instances, bootstrap, externalClusters, backup, plugins, enablePDB, enableSuperuserAccess } = cluster.spec;
  expect({ instances, backup, plugins, enablePDB, enableSuperuserAccess }).toEqual({
    instances: 1,
    enablePDB: false,
    enableSuperuserAccess: true,
  });
  expect(bootstrap).toEqual({ recovery: { source: 'archive', database: 'synapse', owner: 'synapse_user' } });
  expect(externalClusters[0].barmanObjectStore).toMatchObject({ serverName: 'matrix-database' });
  expect(cluster.spec.postgresql.synchronous).toBeUndefined();
  expect(refusals(cluster)).toEqual([]);
});

it('is not taken for the running database by Services, policies and collectors', () => {
  const { inheritedMetadata } = recoveryOf({ backup: ClusterBackup.s3(S3) }).cluster.spec;
  expect(inheritedMetadata).toEqual({
    labels: { app: 'matrix-database-drill' },
    annotations: { 'kubectl.kubernetes.io/default-container': 'postgres' },
  });
});

it('reads the archive that the database writes into, not the one that it came from', () => {
  const restore = { archive: 'matrix-database', moment: '2026-03-01T07:30:00Z' };
  const { cluster } = recoveryOf({ backup: ClusterBackup.s3({ ...S3, archive: 'second', restore }) });
  expect(cluster.spec.bootstrap.recovery.recoveryTarget).toBeUndefined();
  expect(cluster.spec.externalClusters[0].barmanObjectStore.serverName).toBe('second');
});

it('is made by the plugin where that makes the backups', () => {
  const { cluster } = recoveryOf({ backup: ClusterBackup.plugin({ objectStore: 'store' }) });
  expect(cluster.spec.externalClusters[0].plugin.parameters.barmanObjectName).toBe('store');
  expect(cluster.spec.plugins).toBeUndefined();
});

it.each<[string, CloudNativePgOptions]>([
  ['without a backup', {}],
  ['where a drill is not wanted', { backup: ClusterBackup.s3({ ...S3, drill: false }) }],
])('is not there %s', (_, options) => {
  expect(recoveryOf(options).recovery).toBeUndefined();
});

it('is drilled where the system has backups, and fails without them only if `drill` is true', () => {
  const system = (drill: boolean | undefined, backups: Backups) => {
    const chart = new MatrixChart(Testing.app(), 'matrix', {
      namespace: 'caritas',
      serverName: 'example.org',
      publicBaseUrl: 'https://matrix.example.org',
      postgres: Postgres.cloudNativePg({ backup: ClusterBackup.s3({ ...S3, drill }) }),
      backups,
    });
    return { chart, problems: chart.node.findAll().flatMap(({ node }) => node.validate()) };
  };
  const drilled = system(true, Backups.to(BackupRepository.claim()));
  expect(drilled.problems).toEqual([]);
  expect(find(Testing.synth(drilled.chart), 'NetworkPolicy', 'matrix-database-drill')).toBeDefined();
  expect(system(undefined, Backups.none()).problems).toEqual([]);
  expect(system(true, Backups.none()).problems).toEqual([
    expect.stringContaining('drill of the backup is true, but the system has no backups'),
  ]);
});
