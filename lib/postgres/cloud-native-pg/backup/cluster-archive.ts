import type {
  ClusterSpec,
  ClusterSpecExternalClusters,
  ScheduledBackupSpec,
} from '../../../../imports/postgresql.cnpg.io';
import type { IPeer } from '../../../kubernetes/network/peer';
import type { Schedule } from '../../../kubernetes/schedule';

/** A cluster that is made from the backups of another. */
export interface ClusterRestore {
  /** Name of the archive that it is made from, such as `matrix-database`. */
  readonly archive: string;
  /** The moment to which it is restored, such as `2026-03-01T07:30:00Z`. @default - the last commit in the archive */
  readonly moment?: string;
}

/** Options that every kind of archive has. */
export interface ClusterArchiveOptions {
  /** When a base backup is made, in UTC. The WAL goes to the store all the time. @default Schedule.daily('01:00') */
  readonly schedule?: Schedule;
  /** Name of the archive in the store. A restored cluster needs a new one. @default - the name of the cluster */
  readonly archive?: string;
  /** Makes a new cluster from these backups. An existing one stays as it is. @default - a new cluster is empty */
  readonly restore?: ClusterRestore;
  /**
   * Whether the drill of `Backups` restores this backup too: into a cluster of one instance, which it removes again.
   *
   * @default true
   */
  readonly drill?: boolean;
  /** Location of the store, for the network policy. @default Peer.INTERNET */
  readonly peer?: IPeer;
  /** Port of the pods of `peer`, where it is another than in the address. @default - as in the address, or 443 */
  readonly port?: number;
}

/** A kind of archive: base backups, and the WAL as it is written. */
export interface ClusterArchive {
  /** Port at which instances reach the store. */
  readonly port: number;
  /** Metric of the instances with the time of the last base backup, in seconds since 1970; 0 before the first. */
  readonly lastBackup: string;
  /** How a base backup is made. */
  readonly method: Pick<ScheduledBackupSpec, 'method' | 'pluginConfiguration'>;
  /** Returns how the cluster writes into an archive. */
  readonly into: (archive: string) => Pick<ClusterSpec, 'backup' | 'plugins'>;
  /** Returns how a new cluster reads an archive. */
  readonly from: (archive: string) => Omit<ClusterSpecExternalClusters, 'name'>;
}

/** What alerts on an archive follow from. */
export type WatchedArchive = Pick<ClusterArchive, 'lastBackup'> & {
  /** Seconds after which a base backup is overdue. */
  readonly maximumAge: number;
};

/** A cluster and its database. */
export interface NamedCluster {
  readonly clusterName: string;
  readonly database: string;
  readonly user: string;
}

/** The part of a cluster's spec that says how it is backed up, and from what it is made. */
export type BackupSpec = Pick<ClusterSpec, 'backup' | 'plugins' | 'bootstrap' | 'externalClusters'>;

/** Name of the archive within the spec. */
const SOURCE = 'archive';

/** Returns the name of the archive that a cluster writes into. */
export function checkedArchive(clusterName: string, { archive = clusterName, restore }: ClusterArchiveOptions): string {
  for (const [prop, name] of Object.entries({ archive, ...(restore ? { 'restore.archive': restore.archive } : {}) })) {
    if (!/^[A-Za-z0-9][-\w.]{0,99}$/.test(name)) {
      throw new Error(
        `${prop} '${name}' is not a valid name of an archive: use letters, digits, '-' and '.', such as matrix-database`,
      );
    }
  }
  if (restore?.archive === archive) {
    throw new Error(
      `the archive '${archive}' is both restored from and written into, which would mix two histories: ` +
        `set archive to a new name, such as ${archive}-2`,
    );
  }
  if (
    restore?.moment !== undefined &&
    !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(restore.moment)
  ) {
    throw new Error(
      `restore.moment '${restore.moment}' is not a moment with a time zone: use one such as 2026-03-01T07:30:00Z`,
    );
  }
  return archive;
}

/** Returns the part of the spec of a new cluster that says from what archive it is made. */
export function recovered(
  archive: ClusterArchive,
  { database, user: owner, ...from }: ClusterRestore & Omit<NamedCluster, 'clusterName'>,
): BackupSpec {
  return {
    bootstrap: { recovery: { source: SOURCE, database, owner, recoveryTarget: recoveryTarget(from) } },
    externalClusters: [{ name: SOURCE, ...archive.from(from.archive) }],
  };
}

/** PostgreSQL does not know the zone Z before it has started, and the operator leaves a moment in this form as it is. */
function recoveryTarget({ moment }: ClusterRestore) {
  return moment === undefined ? undefined : { targetTime: moment.replace('T', ' ').replace('Z', '+00:00') };
}
