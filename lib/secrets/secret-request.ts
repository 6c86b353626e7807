/** The kind of a generated secret. */
export enum SecretKind {
  /** 48 random bytes, encoded as text. */
  PASSWORD = 'password',
  /** A homeserver's signing key, as a line `ed25519 a_XXXX <base64>`. */
  SIGNING_KEY = 'signing-key',
}

/** A rotation: a suspended CronJob that replaces one or more secrets together. */
export interface SecretRotation {
  /** End of the CronJob's name, such as `database` for `matrix-rotate-database`. */
  readonly name: string;
  /** Effect on users and operators, as a sentence. */
  readonly effect: string;
  /** Key of the same Secret for the public parts of replaced signing keys. @default - not kept */
  readonly oldKeysIn?: string;
}

/** Options of a secret that a part requests. */
export interface SecretOptions {
  /** Name in `Secrets.existing`, and in snake case in a store. @default - the key in camel case */
  readonly alias?: string;
  /** Plain values that a generated Secret also contains. @default - none */
  readonly beside?: { [key: string]: string };
  /**
   * Whether the secret may exist before the system does, such as the backup password in a cluster for a restore.
   *
   * @default false
   */
  readonly mayComeFirst?: boolean;
  /**
   * Whether data would be lost with the secret, such as backups with their password. A signing key always is.
   *
   * Beside data that was used with one, no other is generated.
   *
   * @default false
   */
  readonly irreplaceable?: boolean;
  /** What to set in `MatrixChart` instead, for messages: `accounts: Accounts.none()`. @default - nothing, it is needed */
  readonly avoidedBy?: string;
  /** How a generated secret is rotated. @default - not rotated */
  readonly rotation?: SecretRotation;
}

/** A request for a secret by a part. */
export interface SecretRequest {
  /** Name of the Secret, including the prefix. */
  readonly secretName: string;
  /** Key within its data. */
  readonly key: string;
  /** Options. */
  readonly options: SecretOptions;
}

/** A request for a secret that must exist. */
export interface RequiredSecretRequest extends SecretRequest {
  /** Kind of value to generate. */
  readonly kind: SecretKind;
}

/** Returns the name of a secret in `Secrets.existing`. */
export function aliasOf({ key, options }: SecretRequest): string {
  return options.alias ?? key.toLowerCase().replace(/[^a-z0-9]+([a-z0-9])/g, (_, first) => first.toUpperCase());
}
