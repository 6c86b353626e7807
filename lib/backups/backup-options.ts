import type { Duration, Size } from 'cdk8s';
import type { BackupRepository } from './repository/backup-repository';
import type { RetentionProps } from './retention';

/** What an operator may choose of the backups. Schedules are in UTC. */
export interface BackupOptions extends RetentionProps {
  /** Where sets are kept. @default BackupRepository.claim() */
  readonly backupRepository?: BackupRepository;
  /** Room on the claim: for log on its way, a set in the making, and the repository if that is there. @default 50Gi */
  readonly backupStorage?: Size;
  /** When a set is made. @default 0 2 * * * */
  readonly backupSchedule?: string;
  /** When sets beyond the retention are forgotten, and a part of the repository is read and checked. @default 30 3 * * * */
  readonly pruneSchedule?: string;
  /** In how many days everything in the repository is read once. @default 7 */
  readonly checkDays?: number;
  /** When the newest set is restored beside the running system, to see whether it can be. @default 30 4 * * 0 */
  readonly drillSchedule?: string;
  /** When a logical copy is made, for a move to another major version of PostgreSQL. @default 30 5 * * 6 */
  readonly dumpSchedule?: string;
  /**
   * How old a message may be that is not in the repository yet; 20 seconds at least. PostgreSQL hands over its log after two thirds of it.
   *
   * @default Duration.seconds(60)
   * @see https://www.postgresql.org/docs/17/runtime-config-wal.html#GUC-ARCHIVE-TIMEOUT
   */
  readonly recoveryPoint?: Duration;
  /**
   * Whether a message is acknowledged only when its log is on a second claim too. Nothing is lost then with the database's claim;
   * but nothing can be written while the pod `matrix-wal-receiver` is away.
   *
   * @default false
   * @see https://www.postgresql.org/docs/17/warm-standby.html#SYNCHRONOUS-REPLICATION
   */
  readonly withoutLoss?: boolean;
}
