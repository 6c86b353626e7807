import { SECRET_NAME } from '../secret-key';

/**
 * Checks the names of the Secrets for image registries, and returns each once.
 *
 * @throws when a name is not valid. The message withholds the value, which may be the secret itself.
 */
export function checkedPullSecrets(names: string[]): string[] {
  const wrong = names.findIndex((name) => !SECRET_NAME.test(name ?? ''));
  if (wrong >= 0) {
    throw new Error(
      `pullSecrets[${wrong}] is not a valid Secret name (value withheld, it may be the secret itself): use the name of a Secret of ` +
        "type kubernetes.io/dockerconfigjson, in lower-case letters, digits, '-' and '.', such as 'registry-credentials'",
    );
  }
  return [...new Set(names)];
}
