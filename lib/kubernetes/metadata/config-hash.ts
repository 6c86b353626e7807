import { createHash } from 'node:crypto';
import type { ApiObject } from 'cdk8s';

/** Annotation of a pod template with a hash of its configuration, so that the pods restart when that changes. */
export const CONFIG_HASH = 'oriso-matrix/config-hash';

/** Annotation of a pod template with the default container of `kubectl logs` and `kubectl exec`. */
export const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

/**
 * Returns a short hash of the content of ConfigMaps, as they are rendered: patches are included.
 *
 * Call it at synthesis, by a Lazy or in `toJson`. The same bytes always give the same hash.
 *
 * @param further further content. @default - none
 */
export function configHash(configMaps: ApiObject[], ...further: unknown[]): string {
  const contents = configMaps.map((one) => {
    const { data, binaryData } = one.toJson();
    return { data, binaryData };
  });
  return createHash('sha256')
    .update(JSON.stringify([...contents, ...further]))
    .digest('hex')
    .slice(0, 16);
}
