import type { Size } from 'cdk8s';
import type { Resources } from '../../kubernetes/workloads/resources';
import type { System } from '../../system';

/** Options of PostgreSQL in the cluster. */
export interface PostgresOptions {
  /** Name of the database. @default synapse */
  readonly database?: string;
  /** User that Synapse logs in with. It owns the database. @default synapse_user */
  readonly user?: string;
  /** Size of the data claim. @default 20Gi */
  readonly storage?: Size;
  /**
   * Parameters of `postgresql.conf`, which override the defaults of this package.
   *
   * Parameters that backups, connections or confidentiality depend on are refused.
   *
   * @default - none
   * @see https://www.postgresql.org/docs/17/runtime-config.html
   */
  readonly parameters?: { [name: string]: string };
  /** Requests and limits of the server. @default - by the size of the system */
  readonly resources?: Resources;
  /**
   * Whether a message is acknowledged only after its WAL is on a second claim too.
   *
   * The pod `matrix-wal-receiver` holds it, on another node where there is one. No acknowledged message is lost with
   * the claim of the database. Nothing can be written while that pod is away.
   *
   * @default false
   * @see https://www.postgresql.org/docs/17/warm-standby.html#SYNCHRONOUS-REPLICATION
   */
  readonly synchronousReplication?: boolean;
  /** Requests and limits of the WAL receiver of `synchronousReplication`. @default - 20m CPU, 32Mi memory with a limit of 256Mi */
  readonly receiverResources?: Resources;
}

/** Props of `MatrixPostgres`. */
export interface MatrixPostgresProps extends PostgresOptions {
  /** The system that the database belongs to. */
  readonly system: System;
}
