import type { ISecret } from 'cdk8s-plus-27';

/** A reference to one key of a Secret. The value itself never passes through this program. */
export interface ISecretKey {
  /** Name of the Secret, in the namespace of the pod that reads it. */
  readonly secretName: string;
  /** Key within its data. */
  readonly key: string;
}

/** What Kubernetes accepts as the name of a Secret. */
export const SECRET_NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** Makes references to Secrets. */
export class SecretKey {
  /**
   * A key of a Secret that a program declares or imports with cdk8s-plus.
   *
   * @throws when the key is not one that Kubernetes accepts.
   */
  public static of(secret: ISecret, key: string): ISecretKey {
    return checkedSecretKey({ secretName: secret?.name, key }, 'SecretKey.of');
  }

  /**
   * A key of a Secret by its name: the Secret exists, or will; pods wait for it.
   *
   * @throws when the name or key is not one that Kubernetes accepts, as a pasted secret is.
   * @see https://kubernetes.io/docs/concepts/configuration/secret/
   */
  public static fromSecretName(secretName: string, key: string): ISecretKey {
    return checkedSecretKey({ secretName, key }, 'SecretKey.fromSecretName');
  }

  private constructor() {}
}

/**
 * Checks a reference that a caller without types may have given as text.
 *
 * @param what the prop, for the message. The value is not repeated there: it may be the secret.
 * @throws when it is not a reference.
 */
export function checkedSecretKey(reference: ISecretKey, what: string): ISecretKey {
  const remedy = "use SecretKey.fromSecretName('name-of-the-secret', 'key')";
  if (reference === undefined || reference === null) {
    throw new Error(`${what} is missing: ${remedy}`);
  }
  if (typeof reference !== 'object') {
    throw new Error(
      `${what} was given as text (value withheld), but secrets are references: put the value into a Secret and ${remedy}`,
    );
  }
  const { secretName, key } = reference;
  // Nothing given must not pass as the word 'undefined'.
  if (!SECRET_NAME.test(secretName ?? '') || !/^[-._a-zA-Z0-9]{1,253}$/.test(key ?? '')) {
    throw new Error(
      `${what} has no valid Secret name and key (value withheld, it may be the secret itself): the name is lower-case ` +
        `letters, digits, '-' and '.', the key letters, digits, '-', '_' and '.'`,
    );
  }
  return reference;
}
