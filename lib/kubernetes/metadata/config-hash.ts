import { createHash } from 'node:crypto';

/** Annotation of a pod template with a hash of its configuration, so that the pods restart when that changes. */
export const CONFIG_HASH = 'oriso-matrix/config-hash';

/** Annotation of a pod template with the default container of `kubectl logs` and `kubectl exec`. */
export const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

/** Returns a short hash of configuration. The same bytes always give the same hash. */
export function configHash(data: { [key: string]: string }): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16);
}
