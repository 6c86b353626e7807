import type { Image } from './images/image';
import type { k8s } from './k8s';
import type { WorkloadLabels } from './metadata/labels';
import type { HardenedPodProps } from './workloads/hardened-pod';

/** Names, labels, images and pods of the workloads of one system. */
export interface IWorkloadContext {
  /**
   * Returns the full name of an object: the system's prefix, then the name.
   *
   * @throws when the result is not a valid name or is too long.
   */
  objectName(name: string, maxLength?: number): string;

  /** Returns the labels of a workload and its objects. The name is the workload's, without the prefix. */
  labels(name: string, component: string, maxLength?: number): WorkloadLabels;

  /** Storage class of every claim; undefined for the cluster's default. */
  readonly storageClass?: string;

  /** Returns the reference from which an image is pulled. */
  image(image: Image): string;

  /**
   * Names a claim with the system's data: beside it, lost secrets are not generated anew.
   *
   * @internal
   */
  _hasDataOn(claimName: string): void;

  /**
   * Returns a hardened pod with the options for all pods of the system.
   *
   * @internal
   */
  _pod(props: HardenedPodProps): k8s.PodSpec;
}
