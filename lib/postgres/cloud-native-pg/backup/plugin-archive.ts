import { ScheduledBackupSpecMethod as Method } from '../../../../imports/postgresql.cnpg.io';
import { openedPort } from '../../../kubernetes/network/peer-port';
import type { ClusterArchive, ClusterArchiveOptions } from './cluster-archive';

/** Options of `ClusterBackup.plugin`. */
export interface PluginArchiveOptions extends ClusterArchiveOptions {
  /** Name of the plugin's `ObjectStore` in the namespace of the system. It says where the backups are and how long they stay. */
  readonly objectStore: string;
}

const NAME = 'barman-cloud.cloudnative-pg.io';

/** An archive that the operator's plugin Barman Cloud writes. */
export function pluginArchive({ objectStore, port, peer }: PluginArchiveOptions): ClusterArchive {
  if (!/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(objectStore)) {
    throw new Error(
      `objectStore '${objectStore}' is not a valid name of an object: use that of the plugin's ObjectStore, such as database-backups`,
    );
  }
  const parameters = (serverName: string) => ({ barmanObjectName: objectStore, serverName });
  return {
    port: openedPort('port', { addressPort: 443, port, peer }),
    lastBackup: 'barman_cloud_cloudnative_pg_io_last_available_backup_timestamp',
    method: { method: Method.PLUGIN, pluginConfiguration: { name: NAME } },
    into: (archive) => ({
      plugins: [{ name: NAME, enabled: true, isWalArchiver: true, parameters: parameters(archive) }],
    }),
    from: (archive) => ({ plugin: { name: NAME, enabled: true, parameters: parameters(archive) } }),
  };
}
