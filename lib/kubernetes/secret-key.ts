import type { ISecret } from 'cdk8s-plus-27';
import { checked } from './checks/checked';

/** A reference to one key of a Secret. The value itself is never known at synthesis. */
export interface ISecretKey {
  /** Name of the Secret, which is in the namespace of the pods that read it. */
  readonly secretName: string;
  /** Key within its data. */
  readonly key: string;
}

/** The pattern of valid Secret names. */
export const SECRET_NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** Creates references to keys of Secrets. */
@checked
export class SecretKey {
  /**
   * References a key of a Secret that a program declares or imports with cdk8s-plus.
   *
   * @throws when the key is not valid.
   */
  public static of(secret: ISecret, key: string): ISecretKey {
    return checkedSecretKey({ secretName: secret.name, key }, 'SecretKey.of');
  }

  /**
   * References a key of a Secret by the Secret's name.
   *
   * The Secret may be created later; pods wait for it.
   *
   * @throws when the name or key is not valid, for example because the secret itself was passed.
   * @see https://kubernetes.io/docs/concepts/configuration/secret/
   */
  public static fromSecretName(secretName: string, key: string): ISecretKey {
    return checkedSecretKey({ secretName, key }, 'SecretKey.fromSecretName');
  }

  private constructor() {}
}

/**
 * Checks a reference.
 *
 * @param what the prop, for the message.
 * @throws when it is not a valid reference. The message withholds the value, which may be the secret itself.
 */
export function checkedSecretKey(reference: ISecretKey, what: string): ISecretKey {
  const { secretName, key } = reference;
  if (!SECRET_NAME.test(secretName) || !/^[-._a-zA-Z0-9]{1,253}$/.test(key)) {
    throw new Error(
      `${what} has no valid Secret name and key (value withheld, it may be the secret itself): use lower-case letters, ` +
        `digits, '-' and '.' in the name, and letters, digits, '-', '_' and '.' in the key`,
    );
  }
  return reference;
}
