import { checkedSecretKey, type ISecretKey } from '../kubernetes/secret-key';

/**
 * How connections to the database are protected.
 *
 * @see https://www.postgresql.org/docs/17/libpq-ssl.html
 */
export class DatabaseTls {
  /** Plain connections: within the cluster, behind network policies. */
  public static readonly DISABLED = new DatabaseTls('disable');

  /** Encrypted; the server's certificate must be valid for its name, by an authority that the system trusts. */
  public static readonly VERIFIED = new DatabaseTls('verify-full');

  /** As {@link VERIFIED}, by an authority of your own, whose certificate lies in a Secret. */
  public static verifiedBy(authority: ISecretKey): DatabaseTls {
    return new DatabaseTls('verify-full', checkedSecretKey(authority, 'DatabaseTls.verifiedBy'));
  }

  private constructor(
    /** libpq's `sslmode`. */
    public readonly mode: string,
    /** Certificate of the authority, where it is not the system's. */
    public readonly authority?: ISecretKey,
  ) {}
}
