import { Duration } from 'cdk8s';
import { CloudNativePostgres, ClusterBackup, Peer, type S3ArchiveOptions, Schedule, SecretKey } from '../../../../lib';
import { emptyChart, renderedIn, systemIn } from '../../../support/parts';
import { missingDefaults, refusals } from '../../../support/schemas';

function backedUp(backup?: ClusterBackup) {
  const chart = emptyChart();
  new CloudNativePostgres(chart, 'Postgres', { system: systemIn(chart), backup });
  return {
    chart,
    cluster: renderedIn(chart, 'Cluster', 'matrix-database').spec,
    egress: JSON.stringify(renderedIn(chart, 'NetworkPolicy', 'matrix-database-server').spec.egress),
  };
}

it('archives the WAL by the plugin, and makes a base backup at once and every day', () => {
  const { chart, cluster } = backedUp(ClusterBackup.plugin({ objectStore: 'database-backups' }));
  expect(cluster.plugins).toEqual([
    {
      name: 'barman-cloud.cloudnative-pg.io',
      enabled: true,
      isWALArchiver: true,
      parameters: { barmanObjectName: 'database-backups', serverName: 'matrix-database' },
    },
  ]);
  const backup = renderedIn(chart, 'ScheduledBackup', 'matrix-database');
  expect(backup.spec).toEqual({
    cluster: { name: 'matrix-database' },
    schedule: '0 0 1 * * *',
    immediate: true,
    method: 'plugin',
    pluginConfiguration: { name: 'barman-cloud.cloudnative-pg.io' },
    backupOwnerReference: 'self',
  });
  expect([...refusals(backup), ...missingDefaults(backup)]).toEqual([]);
});

it('writes into an S3 store as an archive of its own, and makes a new cluster from another', () => {
  const credentials = {
    accessKeyId: SecretKey.fromSecretName('store', 'id'),
    secretAccessKey: SecretKey.fromSecretName('store', 'key'),
  };
  const options: Required<S3ArchiveOptions> = {
    destination: 's3://backups/matrix',
    endpoint: 'http://store.storage.svc.cluster.local:7070',
    credentials,
    retention: Duration.days(7),
    caCertificate: SecretKey.fromSecretName('store-ca', 'ca.crt'),
    allowPlainHttp: true,
    schedule: Schedule.daily('04:30'),
    drill: false,
    archive: 'matrix-database-2',
    restore: { archive: 'matrix-database', moment: '2026-03-01T07:30:00Z' },
    peer: Peer.pods({ app: 'store' }, 'storage'),
    port: 9000,
  };
  const { chart, cluster, egress } = backedUp(ClusterBackup.s3(options));
  expect(egress).toContain('"app":"store"');
  expect(egress).toContain('9000');
  const store = {
    destinationPath: 's3://backups/matrix',
    endpointURL: 'http://store.storage.svc.cluster.local:7070',
    endpointCA: { name: 'store-ca', key: 'ca.crt' },
    s3Credentials: { accessKeyId: { name: 'store', key: 'id' }, secretAccessKey: { name: 'store', key: 'key' } },
  };
  expect(cluster.backup).toEqual({
    barmanObjectStore: { ...store, serverName: 'matrix-database-2', wal: { compression: 'gzip' } },
    retentionPolicy: '7d',
  });
  expect(cluster.bootstrap).toEqual({
    recovery: {
      source: 'archive',
      database: 'synapse',
      owner: 'synapse_user',
      recoveryTarget: { targetTime: '2026-03-01 07:30:00+00:00' },
    },
  });
  expect(cluster.externalClusters).toEqual([
    { name: 'archive', barmanObjectStore: { ...store, serverName: 'matrix-database' } },
  ]);
  const backup = renderedIn(chart, 'ScheduledBackup', 'matrix-database');
  expect(backup.spec).toMatchObject({ method: 'barmanObjectStore', schedule: '0 30 4 * * *' });
  const object = renderedIn(chart, 'Cluster', 'matrix-database');
  expect([...refusals(backup), ...missingDefaults(backup), ...refusals(object)]).toEqual([]);
});

it('restores by the plugin to the last commit', () => {
  const restore = { archive: 'matrix-database' };
  const { cluster } = backedUp(ClusterBackup.plugin({ objectStore: 'store', archive: 'second', restore }));
  expect(cluster.plugins[0].parameters.serverName).toBe('second');
  expect(cluster.bootstrap.recovery.recoveryTarget).toBeUndefined();
  expect(cluster.externalClusters[0].plugin.parameters).toEqual({
    barmanObjectName: 'store',
    serverName: 'matrix-database',
  });
});

it.each([
  ['by default', undefined],
  ['when none is wanted', ClusterBackup.none()],
])('renders nothing %s', (_, backup) => {
  const { chart, cluster, egress } = backedUp(backup);
  expect(cluster.plugins).toBeUndefined();
  expect(cluster.backup).toBeUndefined();
  expect(cluster.bootstrap.initdb).toBeDefined();
  expect(egress).not.toContain('0.0.0.0/0');
  expect(chart.node.findAll().some(({ node }) => node.id === 'Backup')).toBe(false);
});
