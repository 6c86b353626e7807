import type { Size } from 'cdk8s';
import type { Resources } from '../../kubernetes/workloads/resources';

/** What can be set for PostgreSQL in the cluster. */
export interface PostgresOptions {
  /** Name of the database. @default synapse */
  readonly database?: string;
  /** Synapse's user, which owns the database. @default synapse_user */
  readonly user?: string;
  /** Size of the data claim. @default 20Gi */
  readonly storage?: Size;
  /**
   * Parameters of `postgresql.conf` that win over ours.
   *
   * @default - none
   * @see https://www.postgresql.org/docs/17/runtime-config.html
   */
  readonly parameters?: { [name: string]: string };
  /** What the server asks for, and ends at. @default - by the size of the system */
  readonly resources?: Resources;
  /**
   * Whether a message is acknowledged only when its WAL is on a second claim too, on another node where there is one. Nothing is lost then
   * with the database's claim; but nothing can be written while the pod `matrix-wal-receiver` is away.
   *
   * @default false
   * @see https://www.postgresql.org/docs/17/warm-standby.html#SYNCHRONOUS-REPLICATION
   */
  readonly synchronousReplication?: boolean;
}
