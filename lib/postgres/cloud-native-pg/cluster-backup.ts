import type { Construct } from 'constructs';
import {
  type ClusterSpecPlugins,
  ScheduledBackupSpecMethod as Method,
  ScheduledBackupSpecBackupOwnerReference as Owner,
  ScheduledBackup,
} from '../../../imports/postgresql.cnpg.io';
import { checked } from '../../kubernetes/checks/checked';
import { labelsOf, type WorkloadLabels } from '../../kubernetes/metadata/labels';
import { type IPeer, Peer } from '../../kubernetes/network/peer';
import { openedPort } from '../../kubernetes/network/peer-port';
import type { Traffic } from '../../kubernetes/network/traffic';
import { Schedule } from '../../kubernetes/schedule';

/** Options of `ClusterBackup.plugin`. */
export interface ClusterBackupOptions {
  /** Name of the plugin's `ObjectStore` in the namespace of the system. It says where the backups are and how long they stay. */
  readonly objectStore: string;
  /** When a base backup is made, in UTC. The WAL goes to the store all the time. @default Schedule.daily('01:00') */
  readonly schedule?: Schedule;
  /** Location of the store, for the network policy. @default Peer.INTERNET */
  readonly peer?: IPeer;
  /** Port of the pods of `peer`, where it is not 443. @default 443 */
  readonly port?: number;
}

/** What the backup of a cluster is rendered for. */
export interface BackedUpCluster {
  readonly clusterName: string;
  readonly workload: WorkloadLabels;
  readonly traffic: Traffic;
}

const PLUGIN = 'barman-cloud.cloudnative-pg.io';
const HTTPS = 443;

/** How the operator backs up a replicated database. */
@checked
export class ClusterBackup {
  /**
   * By the operator's plugin Barman Cloud, to an object store: base backups, and the WAL as it is written.
   *
   * The plugin must be installed beside the operator, and its `ObjectStore` made.
   *
   * @throws when the name or the port is not valid.
   * @see https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/
   */
  public static plugin(options: ClusterBackupOptions): ClusterBackup {
    const { objectStore, schedule = Schedule.daily('01:00'), peer, port } = options;
    if (!/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(objectStore)) {
      throw new Error(
        `objectStore '${objectStore}' is not a valid name of an object: use that of the plugin's ObjectStore, such as database-backups`,
      );
    }
    const number = openedPort('port', { addressPort: HTTPS, port, peer });
    return new ClusterBackup((scope, { clusterName, workload, traffic }) => {
      traffic.allowTo(peer ?? Peer.INTERNET, 'backups', { name: 'object-store', number });
      new ScheduledBackup(scope, 'Backup', {
        metadata: { name: clusterName, labels: labelsOf(workload) },
        spec: {
          cluster: { name: clusterName },
          // The operator's expressions begin with seconds.
          schedule: `0 ${schedule.expression}`,
          immediate: true,
          method: Method.PLUGIN,
          pluginConfiguration: { name: PLUGIN },
          backupOwnerReference: Owner.SELF,
        },
      });
      return [{ name: PLUGIN, enabled: true, isWalArchiver: true, parameters: { barmanObjectName: objectStore } }];
    });
  }

  /** None, or by other means than this package: the database is lost with the last of its claims. */
  public static none(): ClusterBackup {
    return new ClusterBackup(() => undefined);
  }

  private constructor(
    /** @internal */
    public readonly _render: (scope: Construct, cluster: BackedUpCluster) => ClusterSpecPlugins[] | undefined,
  ) {}
}
