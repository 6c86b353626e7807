import type { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { quantity } from '../checks/quantities';
import { k8s } from '../k8s';
import { type Identity, labelsOf } from '../metadata/labels';

/** Storage that outlives every pod. */
export interface ClaimProps {
  readonly identity: Identity;
  readonly name: string;
  readonly size: Size;
  /**
   * Storage class.
   *
   * @default - the cluster's default class
   */
  readonly storageClass?: string;
}

/**
 * A claim for one node at a time. It stays when the chart is deleted with a tool that honours the annotations of Argo CD and Flux.
 *
 * @throws when there is no room in it.
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 */
export function renderClaim(scope: Construct, id: string, props: ClaimProps): void {
  const storage = quantity(props.size);
  if (props.size.toMebibytes() < 1) {
    throw new Error(
      `the claim '${props.name}' has ${storage.value} of storage: write an amount, such as Size.gibibytes(10)`,
    );
  }
  new k8s.KubePersistentVolumeClaim(scope, id, {
    metadata: {
      name: props.name,
      labels: labelsOf(props.identity),
      // Data is sacred: no pruning of a GitOps tool may take it.
      annotations: {
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
      },
    },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: props.storageClass,
      resources: { requests: { storage } },
    },
  });
}
