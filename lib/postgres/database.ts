import type { Duration, Size } from 'cdk8s';
import type { IPeer } from '../kubernetes/network/peer';
import type { ISecretKey } from '../kubernetes/secret-key';
import type { Resources } from '../kubernetes/workloads/resources';
import type { IMonitored } from '../monitoring/monitored';
import type { DatabaseTls } from './database-tls';

/** A PostgreSQL database that Synapse writes to, wherever it runs. */
export interface IMatrixDatabase {
  /** Host name or address of the server, as pods reach it. */
  readonly host: string;
  /** Port of the server. */
  readonly port: number;
  /** Name of the database. */
  readonly database: string;
  /** User that Synapse logs in with. */
  readonly user: string;
  /** Password of that user. */
  readonly password: ISecretKey;
  /** How connections are protected. */
  readonly tls: DatabaseTls;
  /** Identifies the database within an app: two homeservers must never write to the same one. */
  readonly databaseKey: string;
  /** How it is backed up in the cluster. @default - its owner backs it up */
  readonly backup?: IBaseBackup;
  /** How a drill makes a second one from its owner's backups. @default - a drill does not */
  readonly recovery?: IDatabaseRecovery;
  /** How it is watched in the cluster. @default - its owner watches it */
  readonly watched?: IMonitored;

  /**
   * Allows a client to connect.
   *
   * @param connections the most that the client opens at a time. The server is sized for the sum over all clients.
   */
  allowFrom(client: IPeer, connections: number): void;

  /**
   * Command with which an operator opens a session, for messages.
   *
   * @internal
   */
  readonly _psql: string;
}

/** A second database that a drill makes from the backups of the operator CloudNativePG, and removes again. */
export interface IDatabaseRecovery {
  /** Name of its Cluster, from which the operator derives those of its Services and Secrets. */
  readonly clusterName: string;
  /** Image with PostgreSQL's tools. */
  readonly image: string;

  /**
   * Lets the pods of the second database reach what they need, and a drill connect to them.
   *
   * @internal
   */
  _drilledBy(drill: IPeer): void;

  /**
   * Returns the Cluster that the drill makes. Known at the end of synthesis.
   *
   * @internal
   */
  _manifest(): { readonly metadata: { readonly name: string }; readonly [field: string]: unknown };
}

/** A database in the cluster that is backed up by base backups and WAL, and restored to its claim. */
export interface IBaseBackup {
  /** Password of the role `backup`, which may read everything and change nothing. */
  readonly backupPassword: ISecretKey;
  /** Name of the StatefulSet. */
  readonly workloadName: string;
  /** Labels that select its pod. */
  readonly podLabels: { [key: string]: string };
  /** Claim with the data. */
  readonly dataClaimName: string;
  /** Size of that claim. */
  readonly storage: Size;
  /** Where the data claim is mounted. */
  readonly dataPath: string;
  /** ConfigMap with `postgresql.conf`, `pg_hba.conf` and the scripts. */
  readonly configMapName: string;
  /** Image of PostgreSQL. */
  readonly image: string;
  /** UID that owns the files of the database. */
  readonly uid: number;
  /** Requests and limits of the server. */
  readonly resources: Resources;
  /** StatefulSet of the synchronous WAL receiver. @default - there is none */
  readonly receiverName?: string;

  /**
   * Archives WAL on a claim, mounted at `/backup`. For MatrixBackups, which also removes archived segments.
   *
   * @param timeout time after which a WAL segment is archived even if it is not full.
   * @param holder labels of the pod that always mounts the claim: most storage allows one node at a time.
   * @internal
   */
  _archiveTo(claimName: string, timeout: Duration, holder: { [key: string]: string }): void;
}
