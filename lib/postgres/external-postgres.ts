import { isIPv6 } from 'node:net';
import { isPort } from '../kubernetes/checks/port';
import { type IPeer, Peer } from '../kubernetes/network/peer';
import { checkedSecretKey, type ISecretKey } from '../kubernetes/secret-key';
import type { IMatrixPostgres } from './database';
import { DatabaseTls } from './database-tls';

/** A PostgreSQL server that is managed elsewhere. */
export interface ExternalPostgresProps {
  /** Name or address of the server. */
  readonly host: string;
  /** @default 5432 */
  readonly port?: number;
  /**
   * The database, which must have encoding UTF8 and collation and ctype `C`: Synapse refuses others.
   *
   * @default synapse
   */
  readonly database?: string;
  /** @default synapse_user */
  readonly user?: string;
  /** Password of the user. */
  readonly credentials: ISecretKey;
  /** @default DatabaseTls.VERIFIED */
  readonly tls?: DatabaseTls;
  /**
   * Where the server is, for the network policy: `Peer.addresses('10.1.2.3/32')`.
   *
   * @default - any address of IPv4, at the port
   */
  readonly peer?: IPeer;
}

/** See `MatrixPostgres.external`. */
export class ExternalPostgres implements IMatrixPostgres {
  public readonly host: string;
  public readonly port: number;
  public readonly database: string;
  public readonly user: string;
  public readonly password: ISecretKey;
  public readonly tls: DatabaseTls;
  public readonly identity: string;
  private readonly peer: IPeer;

  constructor(props: ExternalPostgresProps) {
    if (!/^[a-zA-Z0-9]([-a-zA-Z0-9.]*[a-zA-Z0-9])?$/.test(props.host) && !isIPv6(props.host)) {
      throw new Error(
        `host '${props.host}' is no name or address: leave scheme, port and path out, such as db.example.org`,
      );
    }
    if (isIPv6(props.host) && !props.peer) {
      throw new Error(
        `host '${props.host}' is an address of IPv6, to which no policy leads by itself: add peer: Peer.addresses('${props.host}/128')`,
      );
    }
    this.host = props.host;
    this.port = props.port ?? 5432;
    if (!isPort(this.port)) {
      throw new Error(`port ${this.port} is none: write a number from 1 to 65535, PostgreSQL's is 5432`);
    }
    this.database = props.database ?? 'synapse';
    this.user = props.user ?? 'synapse_user';
    this.password = checkedSecretKey(props.credentials, 'credentials of the external database');
    this.tls = props.tls ?? DatabaseTls.VERIFIED;
    this.identity = `${this.host.toLowerCase()}:${this.port}/${this.database}`;
    this.peer = props.peer ?? Peer._of(this.host, `PostgreSQL at ${this.host}`, [{ ipBlock: { cidr: '0.0.0.0/0' } }]);
  }

  public allowFrom(client: IPeer): void {
    client.peer.traffic?.allowTo(this.peer, 'database', { name: 'postgres', number: this.port });
  }
}
