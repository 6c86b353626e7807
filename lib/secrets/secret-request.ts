/** How a secret comes to be when it is generated. */
export enum SecretKind {
  /** 48 random bytes, as text. */
  PASSWORD = 'password',
  /** A line `ed25519 a_XXXX <base64>`: the key that a homeserver signs with. */
  SIGNING_KEY = 'signing-key',
}

/** Secrets that are replaced together, by a suspended CronJob. */
export interface SecretRotation {
  /** End of the CronJob's name: `database` for `matrix-rotate-database`. */
  readonly name: string;
  /** What users and operators notice, as a sentence. */
  readonly effect: string;
  /** Key of the same Secret that keeps the public parts of replaced signing keys. @default - nothing is kept */
  readonly oldKeysIn?: string;
}

/** What can be said of a secret that a part asks for. */
export interface SecretOptions {
  /** Its name in `Secrets.existing`, and in snake case in a store. @default - the key in camel case */
  readonly alias?: string;
  /** Plain values that the Secret holds beside it when it is generated. @default - none */
  readonly beside?: { [key: string]: string };
  /** Whether it may be in the cluster before the system is, as a backup's password when one is restored. @default false */
  readonly mayComeFirst?: boolean;
  /** How it is replaced when it is generated. @default - it is not */
  readonly rotation?: SecretRotation;
}

/** A secret that a part asks for. */
export interface SecretRequest {
  /** Name of the Secret, prefix included. */
  readonly secretName: string;
  readonly key: string;
  readonly options: SecretOptions;
}

/** One that must be there. */
export interface RequiredSecretRequest extends SecretRequest {
  readonly kind: SecretKind;
}

/** The name by which `Secrets.existing` knows a secret. */
export function aliasOf({ key, options }: SecretRequest): string {
  return options.alias ?? key.toLowerCase().replace(/[^a-z0-9]+([a-z0-9])/g, (_, first) => first.toUpperCase());
}
