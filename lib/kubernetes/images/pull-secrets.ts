import { SECRET_NAME } from '../secret-key';

/**
 * The Secrets that images are pulled with, each once.
 *
 * @throws when one is not a name. Its value is not repeated in the message: it may be the secret itself.
 */
export function checkedPullSecrets(names: string[]): string[] {
  const wrong = names.findIndex((name) => !SECRET_NAME.test(name ?? ''));
  if (wrong >= 0) {
    throw new Error(
      `pullSecrets[${wrong}] is not a valid name of a Secret (value withheld, it may be the secret itself): use the name of a Secret of ` +
        "type kubernetes.io/dockerconfigjson, in lower-case letters, digits, '-' and '.', such as 'registry-credentials'",
    );
  }
  return [...new Set(names)];
}
