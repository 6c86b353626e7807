import type { ImageOptions } from '../kubernetes/images/image';
import type { ISecretKey } from '../kubernetes/secret-key';

/** The secrets of one system, as references. */
export interface SystemSecrets {
  /** The server's identity: one line `ed25519 a_XXXX <base64>`. */
  readonly signingKey: ISecretKey;
  /**
   * A file of YAML, `old_signing_keys:` with the public parts of earlier keys; it may be missing.
   *
   * @default - none: write them into homeserver.yaml
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#old_signing_keys
   */
  readonly oldSigningKeys?: ISecretKey;
  /** What UserService and AgencyService register accounts with. */
  readonly registrationSharedSecret: ISecretKey;
  /** Signs log-ins through a provider that are under way, guests' tokens and links in mails. */
  readonly macaroonSecretKey: ISecretKey;
  /** Signs forms. */
  readonly formSecret: ISecretKey;
  /** @default - none, where the database is managed elsewhere */
  readonly databasePassword?: ISecretKey;
  /** Password of the role that copies the database. @default - none, where the database is managed elsewhere */
  readonly backupPassword?: ISecretKey;
  /** What backups are encrypted with. @default - none, where there are none */
  readonly repositoryPassword?: ISecretKey;
  /** Password of the first administrator. @default - none is made */
  readonly adminPassword?: ISecretKey;
}

/** What the source of the secrets must know of the system. */
export interface SecretsContext extends ImageOptions {
  /** @default - none */
  readonly namePrefix?: string;
  /** Name and user of the in-cluster database. @default - the database is managed elsewhere */
  readonly database?: string;
  /** @default - as `database` */
  readonly user?: string;
  /** Local part of the first administrator, which needs a password. @default - none is made */
  readonly adminUsername?: string;
}
