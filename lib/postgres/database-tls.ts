import { checked } from '../kubernetes/checks/checked';
import { checkedSecretKey, type ISecretKey } from '../kubernetes/secret-key';

/**
 * How connections to the database are protected.
 *
 * @see https://www.postgresql.org/docs/17/libpq-ssl.html
 */
@checked
export class DatabaseTls {
  /** Unencrypted connections, for a server in the cluster behind network policies. */
  public static readonly DISABLED = new DatabaseTls('disable');

  /** Encrypted connections. The server's certificate must be valid for its name and signed by a public CA. */
  public static readonly VERIFIED = new DatabaseTls('verify-full');

  /**
   * As {@link VERIFIED}, for a server whose certificate is signed by a private CA.
   *
   * @param authority Secret and key with the certificate of the CA.
   * @throws when it is not a reference to a Secret.
   */
  public static verifiedBy(authority: ISecretKey): DatabaseTls {
    return new DatabaseTls('verify-full', checkedSecretKey(authority, 'DatabaseTls.verifiedBy'));
  }

  private constructor(
    /** libpq's `sslmode`. */
    public readonly mode: string,
    /** Certificate of the private CA. Undefined for public CAs. */
    public readonly authority?: ISecretKey,
  ) {}
}
