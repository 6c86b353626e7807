import type { Size } from 'cdk8s';
import type { IPeer } from '../../kubernetes/network/peer';
import type { Resources } from '../../kubernetes/workloads/resources';
import type { System } from '../../system';
import type { ClusterBackup } from './backup/cluster-backup';

/** What a primary does while too few replicas confirm its commits. */
export enum Durability {
  /**
   * It waits: people cannot send messages meanwhile, and no acknowledged message is ever lost with an instance.
   *
   * With two instances, one that is away is enough. With three, two must be away.
   */
  REQUIRED = 'required',
  /**
   * It goes on without replicas while none is connected: people can send messages, and those of that time are lost if
   * the primary's volume is lost before a replica is back.
   */
  PREFERRED = 'preferred',
}

/** Options of a replicated PostgreSQL that the operator CloudNativePG runs. */
export interface CloudNativePgOptions {
  /** Number of instances, each with claims of its own: one primary, the others replicas. From 2. @default 3 */
  readonly instances?: number;
  /** Name of the database. @default synapse */
  readonly database?: string;
  /** User that Synapse logs in with. It owns the database. @default synapse_user */
  readonly user?: string;
  /** Size of the data claim of each instance. @default 20Gi */
  readonly storage?: Size;
  /** Size of a second claim of each instance, for its WAL. @default - the WAL is on the data claim */
  readonly walStorage?: Size;
  /** Whether messages can be sent while no replica confirms them. Each is confirmed by one replica. @default Durability.REQUIRED */
  readonly durability?: Durability;
  /**
   * Parameters of PostgreSQL, which override the defaults of this package.
   *
   * Parameters that the operator, connections or confidentiality depend on are refused.
   *
   * @default - none
   * @see https://www.postgresql.org/docs/17/runtime-config.html
   */
  readonly parameters?: { [name: string]: string };
  /** Requests and limits of each instance. @default - by the size of the system */
  readonly resources?: Resources;
  /** How the operator backs it up. @default ClusterBackup.none() */
  readonly backup?: ClusterBackup;
  /** Pods of the operator, for the network policy. @default Peer.namespace('cnpg-system') */
  readonly operator?: IPeer;
}

/** Props of `CloudNativePostgres`. */
export interface CloudNativePostgresProps extends CloudNativePgOptions {
  /** The system that the database belongs to. */
  readonly system: System;
}
