import type { Construct } from 'constructs';
import {
  type ClusterSpec,
  ScheduledBackupSpecBackupOwnerReference as Owner,
  ScheduledBackup,
} from '../../../../imports/postgresql.cnpg.io';
import { checked } from '../../../kubernetes/checks/checked';
import { labelsOf, type WorkloadLabels } from '../../../kubernetes/metadata/labels';
import { Peer } from '../../../kubernetes/network/peer';
import type { Traffic } from '../../../kubernetes/network/traffic';
import { Schedule } from '../../../kubernetes/schedule';
import {
  type ClusterArchive,
  type ClusterArchiveOptions,
  type ClusterRestore,
  checkedArchive,
} from './cluster-archive';
import { type PluginArchiveOptions, pluginArchive } from './plugin-archive';
import { type S3ArchiveOptions, s3Archive } from './s3-archive';

/** What the backup of a cluster is rendered for. */
export interface BackedUpCluster {
  readonly clusterName: string;
  readonly database: string;
  readonly user: string;
  readonly workload: WorkloadLabels;
  readonly traffic: Traffic;
}

/** The part of a cluster's spec that says how it is backed up, and from what it is made. */
export type BackupSpec = Pick<ClusterSpec, 'backup' | 'plugins' | 'bootstrap' | 'externalClusters'>;

/** Name of the archive within the spec. */
const SOURCE = 'archive';

/** How the operator backs up a replicated database. */
@checked
export class ClusterBackup {
  /**
   * To an S3 store, by the instances themselves: base backups, and the WAL as it is written.
   *
   * For operators up to 1.28. Later ones do it by their plugin.
   *
   * @throws when an option is not valid, or the network policy would not allow the address.
   * @see https://cloudnative-pg.io/documentation/1.28/backup/
   */
  public static s3(options: S3ArchiveOptions): ClusterBackup {
    return new ClusterBackup(options, s3Archive(options));
  }

  /**
   * By the operator's plugin Barman Cloud: base backups, and the WAL as it is written.
   *
   * The plugin must be installed beside the operator, and its `ObjectStore` made.
   *
   * @throws when the name or the port is not valid.
   * @see https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/
   */
  public static plugin(options: PluginArchiveOptions): ClusterBackup {
    return new ClusterBackup(options, pluginArchive(options));
  }

  /** None, or by other means than this package: the database is lost with the last of its claims. */
  public static none(): ClusterBackup {
    return new ClusterBackup({});
  }

  private constructor(
    private readonly options: ClusterArchiveOptions,
    private readonly archive?: ClusterArchive,
  ) {}

  /**
   * Parameters that the archive asks for: the WAL of a quiet minute goes there too.
   *
   * @internal
   */
  public get _parameters(): { [name: string]: string } {
    return this.archive ? { archive_timeout: '60s' } : {};
  }

  /** @internal */
  public _render(scope: Construct, cluster: BackedUpCluster): BackupSpec {
    const { archive, options } = this;
    const { clusterName, workload, traffic, database, user: owner } = cluster;
    if (!archive) {
      return {};
    }
    const { schedule = Schedule.daily('01:00'), peer = Peer.INTERNET, restore } = options;
    const into = archive.into(checkedArchive(clusterName, options));
    traffic.allowTo(peer, 'backups', { name: 'object-store', number: archive.port });
    new ScheduledBackup(scope, 'Backup', {
      metadata: { name: clusterName, labels: labelsOf(workload) },
      spec: {
        ...archive.method,
        cluster: { name: clusterName },
        // The operator's expressions begin with seconds.
        schedule: `0 ${schedule.expression}`,
        immediate: true,
        backupOwnerReference: Owner.SELF,
      },
    });
    if (!restore) {
      return into;
    }
    return {
      ...into,
      bootstrap: { recovery: { source: SOURCE, database, owner, recoveryTarget: recoveryTarget(restore) } },
      externalClusters: [{ name: SOURCE, ...archive.from(restore.archive) }],
    };
  }
}

/** PostgreSQL does not know the zone Z before it has started, and the operator leaves a moment in this form as it is. */
function recoveryTarget({ moment }: ClusterRestore) {
  return moment === undefined ? undefined : { targetTime: moment.replace('T', ' ').replace('Z', '+00:00') };
}
