import type { k8s } from '../k8s';
import { SECRET_NAME } from '../secret-key';

/**
 * The Secrets that a pod's images are pulled with, each once.
 *
 * @throws when one is no name. It is not repeated: it may be the secret.
 */
export function pullSecrets(names: string[]): k8s.LocalObjectReference[] | undefined {
  const wrong = names.findIndex((name) => !SECRET_NAME.test(name ?? ''));
  if (wrong >= 0) {
    throw new Error(
      `imagePullSecrets[${wrong}] is no name of a Secret (not shown here, it may be the secret itself): write the name of one of ` +
        "type kubernetes.io/dockerconfigjson, in lower case letters, digits, '-' and '.', such as 'registry-credentials'",
    );
  }
  return names.length > 0 ? [...new Set(names)].map((name) => ({ name })) : undefined;
}
