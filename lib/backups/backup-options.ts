import type { Duration, Size } from 'cdk8s';
import type { ISecretKey } from '../kubernetes/secret-key';
import type { Resources } from '../kubernetes/workloads/resources';
import type { IMatrixDatabase } from '../postgres/database';
import type { IMatrixHomeserver } from '../synapse/homeserver';
import type { System } from '../system';
import type { BackupSchedules } from './backup-schedules';
import type { Retention } from './retention';

/** Options of the backups. */
export interface BackupOptions {
  /**
   * Size of the claim of the backups.
   *
   * It holds WAL and the base backup that is being made, and by default the repository.
   *
   * @default - 50Gi, or more where the claims of database and media need it
   */
  readonly storage?: Size;
  /** How many backups are kept. @default - 7 daily, 4 weekly and 3 monthly backups */
  readonly keep?: Retention;
  /** When jobs run, in UTC. @default - backups and their check every night, drills and dumps every week */
  readonly schedules?: BackupSchedules;
  /** Time in which everything in the repository is read once: 1 to 31 whole days. @default Duration.days(7) */
  readonly fullCheckEvery?: Duration;
  /**
   * Maximum age of a message that is not in the repository yet: 20 seconds to an hour.
   *
   * PostgreSQL archives its WAL after two thirds of this time. Only for a database in the cluster.
   *
   * @default Duration.seconds(60)
   * @see https://www.postgresql.org/docs/17/runtime-config-wal.html#GUC-ARCHIVE-TIMEOUT
   */
  readonly recoveryPointObjective?: Duration;
  /** Requests and limits of the agent. @default - 20m CPU, 48Mi memory with a limit of 512Mi */
  readonly agentResources?: Resources;
  /**
   * Requests and limits of each container of the jobs, except PostgreSQL's and Synapse's.
   *
   * The limit is for restic, which keeps the index of the repository in memory.
   *
   * @default - 20m to 50m CPU, 16Mi to 64Mi memory with a limit of at most 512Mi
   */
  readonly jobResources?: Resources;
}

/** The parts of a system that its backups are made of. */
export interface BackupsContext {
  /** The system to back up. */
  readonly system: System;
  /**
   * The homeserver's database.
   *
   * A database without `backup` is backed up by its owner. Everything else is backed up here in any case.
   */
  readonly database: IMatrixDatabase;
  /** The homeserver, with its media and configuration. */
  readonly homeserver: IMatrixHomeserver;
  /** Further Secrets to back up, such as the administrator's password. @default - none */
  readonly furtherSecrets?: ISecretKey[];
}
