import { Size } from 'cdk8s';
import { parseSize, quantity } from '../checks/quantities';
import type { k8s } from '../k8s';
import type { ISecretKey } from '../secret-key';

/** Returns an empty folder that lives as long as the pod, optionally in memory. */
export function scratch(name: string, sizeLimit: string, inMemory = false): k8s.Volume {
  return {
    name,
    emptyDir: { sizeLimit: quantity(parseSize(sizeLimit)), ...(inMemory ? { medium: 'Memory' } : {}) },
  };
}

/**
 * Returns the total size limit of a pod's scratch volumes on disk.
 *
 * @throws when a volume has no limit, because it could fill the node's disk.
 */
export function scratchSize(volumes: k8s.Volume[]): Size {
  const sizes = volumes.flatMap(({ name, emptyDir }) => {
    if (emptyDir && !emptyDir.sizeLimit) {
      throw new Error(`volume '${name}' is an emptyDir without a sizeLimit: use scratch('${name}', '100Mi')`);
    }
    return emptyDir && emptyDir.medium !== 'Memory' ? [parseSize(`${emptyDir.sizeLimit?.value}`).toMebibytes()] : [];
  });
  return Size.mebibytes(sizes.reduce((sum, one) => sum + one, 0));
}

/** Returns a volume with the files of a ConfigMap. */
export function configVolume(name: string, configMapName: string): k8s.Volume {
  return { name, configMap: { name: configMapName } };
}

/** Returns a volume for a claim. With `readOnly`, Kubernetes does not change the group of its files. */
export function claimVolume(name: string, claimName: string, readOnly = false): k8s.Volume {
  return { name, persistentVolumeClaim: { claimName, ...(readOnly ? { readOnly } : {}) } };
}

/**
 * Returns a volume with keys of several Secrets as files. The pod does not start until all of them exist.
 *
 * @param optional further keys, which may be missing.
 */
export function secretsVolume(
  name: string,
  files: { [path: string]: ISecretKey },
  optional: { [path: string]: ISecretKey } = {},
): k8s.Volume {
  return {
    name,
    projected: {
      // Readable by the pod's group: the files belong to root.
      defaultMode: 0o440,
      sources: [
        ...Object.entries(files).map(([path, secret]) => ({ secret: item(path, secret) })),
        ...Object.entries(optional).map(([path, secret]) => ({ secret: { ...item(path, secret), optional: true } })),
      ],
    },
  };
}

function item(path: string, { secretName, key }: ISecretKey) {
  return { name: secretName, items: [{ key, path }] };
}

/** Returns an environment variable from a Secret. The pod does not start until the Secret exists. */
export function secretEnv(name: string, secret: ISecretKey): k8s.EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secret.secretName, key: secret.key } } };
}

/** Returns an environment variable from a field of the pod, such as `status.podIP`. */
export function podField(name: string, fieldPath: string): k8s.EnvVar {
  // With the version that is the API server's default: without it, server-side apply would conflict.
  return { name, valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } } };
}

/** Tells a container its namespace, which is not known at synthesis when `kubectl apply -n` sets it. */
export const NAMESPACE_ENV: k8s.EnvVar = podField('NAMESPACE', 'metadata.namespace');
