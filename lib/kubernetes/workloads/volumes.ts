import { Size } from 'cdk8s';
import { parseSize } from '../checks/quantities';
import { k8s } from '../k8s';
import type { ISecretKey } from '../secret-key';

/** An empty folder for the life of the pod, in memory when `inMemory`. */
export function scratch(name: string, sizeLimit: string, inMemory = false): k8s.Volume {
  return {
    name,
    emptyDir: { sizeLimit: k8s.Quantity.fromString(sizeLimit), ...(inMemory ? { medium: 'Memory' } : {}) },
  };
}

/**
 * What the scratch volumes of a pod may take of the node's disk.
 *
 * @throws when one has no limit: it could fill the disk for everybody.
 */
export function scratchSize(volumes: k8s.Volume[]): Size {
  const sizes = volumes.flatMap(({ name, emptyDir }) => {
    if (emptyDir && !emptyDir.sizeLimit) {
      throw new Error(`volume '${name}' is an emptyDir without a sizeLimit: write scratch('${name}', '100Mi')`);
    }
    return emptyDir && emptyDir.medium !== 'Memory' ? [parseSize(`${emptyDir.sizeLimit?.value}`).toMebibytes()] : [];
  });
  return Size.mebibytes(sizes.reduce((sum, one) => sum + one, 0));
}

/** A ConfigMap as a folder. */
export function configVolume(name: string, configMapName: string): k8s.Volume {
  return { name, configMap: { name: configMapName } };
}

/** A claim as a folder. A read-only one keeps the owner of its files: Kubernetes sets no group there. */
export function claimVolume(name: string, claimName: string, readOnly = false): k8s.Volume {
  return { name, persistentVolumeClaim: { claimName, ...(readOnly ? { readOnly } : {}) } };
}

/**
 * Keys of several Secrets as files of one folder; the pod waits until each of them is there.
 *
 * @param optional further ones, which may be missing.
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

/** An environment variable from a Secret; the pod waits until it is there. */
export function secretEnv(name: string, secret: ISecretKey): k8s.EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secret.secretName, key: secret.key } } };
}

/** Tells a container its namespace: that of what was applied with `kubectl apply -n` is not known before. */
export const NAMESPACE_ENV: k8s.EnvVar = {
  name: 'NAMESPACE',
  valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } },
};
