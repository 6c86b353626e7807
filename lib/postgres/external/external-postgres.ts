import { isIPv6 } from 'node:net';
import { checkedHost } from '../../addresses/host';
import { isPort } from '../../addresses/port';
import { checked } from '../../kubernetes/checks/checked';
import { type IPeer, Peer } from '../../kubernetes/network/peer';
import { openedPort } from '../../kubernetes/network/peer-port';
import { checkedSecretKey, type ISecretKey } from '../../kubernetes/secret-key';
import type { IMatrixDatabase } from '../database';
import { DatabaseTls } from '../database-tls';
import { checkedExternalName } from '../identifier';

/** Props of {@link ExternalPostgres}. */
export interface ExternalPostgresProps {
  /** Host name or address of the server, without scheme, port and path. */
  readonly host: string;
  /** Port of the server. @default 5432 */
  readonly port?: number;
  /**
   * Name of the database.
   *
   * It must have encoding UTF8, and collation and ctype `C`: Synapse refuses others.
   *
   * @default synapse
   */
  readonly database?: string;
  /** User that Synapse logs in with. @default synapse_user */
  readonly user?: string;
  /** Secret and key with the password of the user. */
  readonly credentials: ISecretKey;
  /** How connections are protected. @default DatabaseTls.VERIFIED */
  readonly tls?: DatabaseTls;
  /**
   * Location of the server for the network policy, such as `Peer.addresses('10.1.2.3/32')`.
   *
   * @default - any IPv4 address, at the port
   */
  readonly peer?: IPeer;
  /**
   * Port of the pods of `peer`, where a Service maps `port` to another, such as that of a pooler 5432 to 6432.
   *
   * A network policy needs the pods' own port: `kubectl get endpointslices` shows it.
   *
   * @default - `port`
   */
  readonly peerPort?: number;
}

/** A PostgreSQL server that is managed elsewhere. It renders nothing, and its owner backs it up. */
@checked
export class ExternalPostgres implements IMatrixDatabase {
  public readonly host: string;
  public readonly port: number;
  public readonly database: string;
  public readonly user: string;
  public readonly password: ISecretKey;
  public readonly tls: DatabaseTls;
  public readonly databaseKey: string;
  /** @internal */
  public readonly _psql: string;
  private readonly peer: IPeer;
  private readonly opened: number;

  constructor(props: ExternalPostgresProps) {
    if (isIPv6(props.host) && !props.peer) {
      throw new Error(
        `host '${props.host}' is an IPv6 address, which the default network policy does not allow: set peer: Peer.addresses('${props.host}/128')`,
      );
    }
    this.host = checkedHost('host', props.host);
    this.port = props.port ?? 5432;
    if (!isPort(this.port)) {
      throw new Error(`port must be a number from 1 to 65535, got ${this.port}: leave it out for PostgreSQL's 5432`);
    }
    this.database = checkedExternalName('database', props.database ?? 'synapse');
    this.user = checkedExternalName('user', props.user ?? 'synapse_user');
    this.password = checkedSecretKey(props.credentials, 'credentials of the external database');
    this.tls = props.tls ?? DatabaseTls.VERIFIED;
    this.databaseKey = `${this.host.toLowerCase()}:${this.port}/${this.database}`;
    this._psql = `psql "host=${this.host} port=${this.port} user=${this.user} dbname=${this.database}"`;
    this.opened = openedPort('peerPort', { addressPort: this.port, port: props.peerPort, peer: props.peer });
    this.peer = props.peer ?? Peer._of(this.host, `PostgreSQL at ${this.host}`, [{ ipBlock: { cidr: '0.0.0.0/0' } }]);
  }

  public allowFrom(client: IPeer): void {
    client.peer.traffic?.allowTo(this.peer, 'database', { name: 'postgres', number: this.opened });
  }
}
