import { createHash } from 'node:crypto';

/** Annotation of a pod template: changes, and so rolls the pods, when the configuration they read does. */
export const CONFIG_HASH = 'oriso-matrix/config-hash';

/** Annotation of a pod template: the container that `kubectl logs` and `kubectl exec` mean. */
export const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

/** A short hash of configuration, the same for the same bytes. */
export function configHash(data: { [key: string]: string }): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16);
}
