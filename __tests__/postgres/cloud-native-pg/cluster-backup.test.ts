import { CloudNativePostgres, ClusterBackup, type ClusterBackupOptions, Peer, Schedule } from '../../../lib';
import { emptyChart, renderedIn, systemIn } from '../../support/parts';
import { missingDefaults, refusals } from '../../support/schemas';

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
      parameters: { barmanObjectName: 'database-backups' },
    },
  ]);
  const backup = renderedIn(chart, 'ScheduledBackup', 'matrix-database');
  expect(backup.spec).toEqual({
    cluster: { name: 'matrix-database' },
    schedule: '0 00 01 * * *',
    immediate: true,
    method: 'plugin',
    pluginConfiguration: { name: 'barman-cloud.cloudnative-pg.io' },
    backupOwnerReference: 'self',
  });
  expect([...refusals(backup), ...missingDefaults(backup)]).toEqual([]);
});

it('lets the instances reach the store', () => {
  const options: Required<ClusterBackupOptions> = {
    objectStore: 'database-backups',
    schedule: Schedule.daily('04:30'),
    peer: Peer.pods({ app: 'store' }, 'storage'),
    port: 9000,
  };
  const { chart, egress } = backedUp(ClusterBackup.plugin(options));
  expect(egress).toContain('"app":"store"');
  expect(egress).toContain('9000');
  expect(renderedIn(chart, 'ScheduledBackup', 'matrix-database').spec.schedule).toBe('0 30 04 * * *');
});

it.each([
  ['by default', undefined],
  ['when none is wanted', ClusterBackup.none()],
])('renders nothing %s', (_, backup) => {
  const { chart, cluster, egress } = backedUp(backup);
  expect(cluster.plugins).toBeUndefined();
  expect(egress).not.toContain('0.0.0.0/0');
  expect(chart.node.findAll().some(({ node }) => node.id === 'Backup')).toBe(false);
});

it.each<[string, ClusterBackupOptions, string]>([
  ['an address', { objectStore: 's3://bucket' }, "objectStore 's3://bucket' is not a valid name"],
  ['a port without a peer', { objectStore: 'store', port: 9000 }, 'port is 9000, but without a peer'],
])('fails for %s', (_, options, message) => {
  expect(() => ClusterBackup.plugin(options)).toThrow(message);
});
