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
   * The key of a Secret that is there, or will be: pods wait for it.
   *
   * @throws when the name or key is none that Kubernetes accepts, as a pasted secret is.
   * @see https://kubernetes.io/docs/concepts/configuration/secret/
   */
  public static of(secretName: string, key: string): ISecretKey {
    return checkedSecretKey({ secretName, key }, 'SecretKey.of');
  }

  private constructor() {}
}

/**
 * Checks a reference that a caller without types may have given as text.
 *
 * @param what the prop, for the message. The value is not repeated there: it may be the secret.
 * @throws when it is no reference.
 */
export function checkedSecretKey(reference: ISecretKey, what: string): ISecretKey {
  if (reference === undefined || reference === null) {
    throw new Error(`${what} is missing: write where it is, SecretKey.of('name-of-the-secret', 'key')`);
  }
  if (typeof reference !== 'object') {
    throw new Error(
      `${what} was given as text (not shown here): secrets are references, put the value into a Secret and write ` +
        `SecretKey.of('name-of-the-secret', 'key')`,
    );
  }
  const { secretName, key } = reference;
  // Nothing given must not pass as the word 'undefined'.
  if (!SECRET_NAME.test(secretName ?? '') || !/^[-._a-zA-Z0-9]{1,253}$/.test(key ?? '')) {
    throw new Error(
      `${what} has no valid Secret name and key (not shown here, it may be the secret itself): the name is lower case ` +
        `letters, digits, '-' and '.', the key letters, digits, '-', '_' and '.'`,
    );
  }
  return reference;
}
