import type { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { quantity } from '../checks/quantities';
import { k8s } from '../k8s';
import { labelsOf, type WorkloadLabels } from '../metadata/labels';

/** Props of {@link VolumeClaim}. */
export interface VolumeClaimProps {
  readonly workload: WorkloadLabels;
  readonly name: string;
  readonly size: Size;
  /** @default - the cluster's default class */
  readonly storageClass?: string;
}

/**
 * Storage that outlives every pod, on one node at a time. It stays when the chart is deleted with a tool that honours the annotations of
 * Argo CD and Flux.
 *
 * @throws when its size is zero.
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 */
export class VolumeClaim extends k8s.KubePersistentVolumeClaim {
  constructor(scope: Construct, id: string, { workload, name, size, storageClass }: VolumeClaimProps) {
    const storage = quantity(size);
    if (size.toMebibytes() < 1) {
      throw new Error(`claim '${name}' has ${storage.value} of storage: use an amount such as Size.gibibytes(10)`);
    }
    super(scope, id, {
      metadata: {
        name,
        labels: labelsOf(workload),
        // No pruning of a GitOps tool may take the data.
        annotations: {
          'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
          'kustomize.toolkit.fluxcd.io/prune': 'disabled',
        },
      },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: storageClass,
        resources: { requests: { storage } },
      },
    });
  }
}
