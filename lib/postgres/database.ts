import type { IPeer } from '../kubernetes/network/peer';
import type { ISecretKey } from '../kubernetes/secret-key';
import type { DatabaseTls } from './database-tls';

/** A PostgreSQL database that Synapse writes to, wherever it runs. */
export interface IMatrixPostgres {
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
  readonly identity: string;

  /**
   * Lets a client in.
   *
   * @param connections the most it opens at a time; the server is sized for the sum.
   */
  allowFrom(client: IPeer, connections: number): void;
}
