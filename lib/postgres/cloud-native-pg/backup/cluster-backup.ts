import type { Construct } from 'constructs';
import {
  ScheduledBackupSpecBackupOwnerReference as Owner,
  ScheduledBackup,
} from '../../../../imports/postgresql.cnpg.io';
import { checked } from '../../../kubernetes/checks/checked';
import { labelsOf, type WorkloadLabels } from '../../../kubernetes/metadata/labels';
import { Peer } from '../../../kubernetes/network/peer';
import type { Traffic } from '../../../kubernetes/network/traffic';
import { maximumAge, Schedule } from '../../../kubernetes/schedule';
import {
  type BackupSpec,
  type ClusterArchive,
  type ClusterArchiveOptions,
  checkedArchive,
  type NamedCluster,
  recovered,
  type WatchedArchive,
} from './cluster-archive';
import { type PluginArchiveOptions, pluginArchive } from './plugin-archive';
import { type S3ArchiveOptions, s3Archive } from './s3-archive';

/** What the backup of a cluster is rendered for. */
export interface BackedUpCluster extends NamedCluster {
  readonly workload: WorkloadLabels;
  readonly traffic: Traffic;
}

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

  /**
   * What alerts watch. Undefined without an archive.
   *
   * @internal
   */
  public get _watched(): WatchedArchive | undefined {
    const { archive } = this;
    return archive && { lastBackup: archive.lastBackup, maximumAge: maximumAge(this.schedule) };
  }

  /**
   * Whether a drill was asked for, so that a system without one is an error.
   *
   * @internal
   */
  public get _mustBeDrilled(): boolean {
    return this.options.drill === true;
  }

  /**
   * What a drill makes a cluster from. Undefined where no drill is wanted, or there is nothing to restore.
   *
   * @internal
   */
  public _drilled({ clusterName, database, user }: NamedCluster): BackupSpec | undefined {
    return this.archive && this.options.drill !== false
      ? recovered(this.archive, { database, user, archive: checkedArchive(clusterName, this.options) })
      : undefined;
  }

  /**
   * Lets instances reach the store.
   *
   * @internal
   */
  public _allowStore(traffic: Traffic): void {
    if (this.archive) {
      traffic.allowTo(this.options.peer ?? Peer.INTERNET, 'backups', {
        name: 'object-store',
        number: this.archive.port,
      });
    }
  }

  /** @internal */
  public _render(scope: Construct, cluster: BackedUpCluster): BackupSpec {
    const { archive, options } = this;
    const { clusterName, workload, traffic, database, user } = cluster;
    if (!archive) {
      return {};
    }
    const into = archive.into(checkedArchive(clusterName, options));
    this._allowStore(traffic);
    new ScheduledBackup(scope, 'Backup', {
      metadata: { name: clusterName, labels: labelsOf(workload) },
      spec: {
        ...archive.method,
        cluster: { name: clusterName },
        // The operator's expressions begin with seconds.
        schedule: `0 ${this.schedule.expression}`,
        immediate: true,
        backupOwnerReference: Owner.SELF,
      },
    });
    const { restore } = options;
    return restore ? { ...into, ...recovered(archive, { database, user, ...restore }) } : into;
  }

  private get schedule(): Schedule {
    return this.options.schedule ?? Schedule.daily('01:00');
  }
}
