import type { Image } from './images/image';
import type { k8s } from './k8s';
import type { WorkloadLabels } from './metadata/labels';
import type { HardenedPodProps } from './workloads/hardened-pod';

/** How the objects of one system are called, where its images come from, and what its pods have in common. */
export interface IWorkloadContext {
  /**
   * The name of an object: the contract's name, after the system's prefix.
   *
   * @throws when the result is not a valid name or too long.
   */
  objectName(name: string, maxLength?: number): string;

  /** Labels of a workload and its objects, under the workload's name without the prefix. */
  labels(name: string, component: string, maxLength?: number): WorkloadLabels;

  /** The reference to pull an image by. */
  image(image: Image): string;

  /**
   * A hardened pod, with what all pods of the system have in common.
   *
   * @internal
   */
  _pod(props: HardenedPodProps): k8s.PodSpec;
}
