import type { Duration, Size } from 'cdk8s';
import type { IPeer } from '../kubernetes/network/peer';
import type { ISecretKey } from '../kubernetes/secret-key';
import type { Resources } from '../kubernetes/workloads/resources';
import type { DatabaseTls } from './database-tls';

/** A PostgreSQL database that Synapse writes to, wherever it runs. */
export interface IMatrixDatabase {
  /** Name that pods reach the server by. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Password of that user. */
  readonly password: ISecretKey;
  /** How connections are protected. */
  readonly tls: DatabaseTls;
  /** Tells databases of one app apart: two Synapses must never write to the same. */
  readonly databaseKey: string;
  /** How it is backed up in the cluster. @default - not at all: its owner backs it up */
  readonly backup?: IBaseBackup;

  /**
   * Lets a client in.
   *
   * @param connections the most it opens at a time; the server is sized for the sum.
   */
  allowFrom(client: IPeer, connections: number): void;

  /**
   * How an operator opens a session, as a command for messages.
   *
   * @internal
   */
  readonly _psql: string;
}

/** A database in the cluster that is backed up by base backups and WAL, and restored onto its claim. */
export interface IBaseBackup {
  /** Password of the role `backup`, which may read everything and change nothing. */
  readonly backupPassword: ISecretKey;
  /** Name of the StatefulSet. */
  readonly workloadName: string;
  /** Labels that select its pod. */
  readonly podLabels: { [key: string]: string };
  /** Claim with the data, and its size. */
  readonly dataClaimName: string;
  readonly storage: Size;
  /** Where the data claim is mounted. */
  readonly dataPath: string;
  /** ConfigMap with `postgresql.conf` and what belongs to it. */
  readonly configMapName: string;
  readonly image: string;
  /** User that owns the files of the database. */
  readonly uid: number;
  readonly resources: Resources;
  /** StatefulSet of the synchronous WAL receiver. @default - there is none */
  readonly receiverName?: string;

  /**
   * Archives WAL on a claim, which is then mounted at `/backup`. For MatrixBackups, which also clears it up.
   *
   * @param timeout after which a WAL segment is archived though it is not full.
   * @param holder labels of the pod that always holds the claim, which most storage mounts on one node at a time.
   * @internal
   */
  _archiveTo(claimName: string, timeout: Duration, holder: { [key: string]: string }): void;
}
