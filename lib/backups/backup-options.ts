import type { Duration, Size } from 'cdk8s';
import type { ISecretKey } from '../kubernetes/secret-key';
import type { IMatrixDatabase } from '../postgres/database';
import type { IMatrixHomeserver } from '../synapse/homeserver';
import type { System } from '../system';
import type { BackupSchedules } from './backup-schedules';
import type { Retention } from './retention';

/** What can be set for the backups. */
export interface BackupOptions {
  /** Room on the claim: for WAL and a backup in the making, and for the repository where it is there. @default 50Gi */
  readonly storage?: Size;
  /** How many backups are kept. @default - 7 daily, 4 weekly and 3 monthly ones */
  readonly keep?: Retention;
  /** When jobs run, in UTC. @default - backups and their check every night, drills and dumps every week */
  readonly schedules?: BackupSchedules;
  /** In how much time everything in the repository is read once: 1 to 31 whole days. @default Duration.days(7) */
  readonly fullCheckEvery?: Duration;
  /**
   * How old a message may be that is not in the repository yet: 20 seconds to an hour. PostgreSQL archives its WAL
   * after two thirds of it. Only for the in-cluster database.
   *
   * @default Duration.seconds(60)
   * @see https://www.postgresql.org/docs/17/runtime-config-wal.html#GUC-ARCHIVE-TIMEOUT
   */
  readonly recoveryPointObjective?: Duration;
}

/** The parts of a system that its backups are made of. */
export interface BackupsContext {
  readonly system: System;
  /**
   * The homeserver's database. One without `backup` is backed up by its owner; everything else is backed up here all
   * the same.
   */
  readonly database: IMatrixDatabase;
  readonly homeserver: IMatrixHomeserver;
  /** Secrets of other parts that are backed up too, such as the administrator's password. @default - none */
  readonly furtherSecrets?: ISecretKey[];
}
