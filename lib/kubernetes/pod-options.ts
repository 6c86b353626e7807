import type { ContainerLimits } from './container-limits';

/** Options for all pods of a system. */
export interface PodOptions {
  /**
   * Taints that the pods tolerate.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
   */
  readonly tolerations?: Toleration[];
  /** Labels that a node must have to run the pods. @default - any node */
  readonly nodeSelector?: { [key: string]: string };
  /** Name of a PriorityClass. @default - the cluster's default */
  readonly priorityClassName?: string;
  /** Bounds for the requests and limits of all containers. @default - those of each part, without CPU limits */
  readonly limits?: ContainerLimits;
  /** Additional labels of the pods. The system's own labels win. @default - none */
  readonly labels?: { [key: string]: string };
  /** Additional annotations of the pods. @default - none */
  readonly annotations?: { [key: string]: string };
}

/**
 * A taint that pods tolerate.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#scheduling
 */
export interface Toleration {
  /** Key of the taint. @default - every key, with `operator: 'Exists'` */
  readonly key?: string;
  /** Operator, `Equal` or `Exists`. @default Equal */
  readonly operator?: string;
  /** Value of the taint, for `Equal`. @default - none */
  readonly value?: string;
  /** Effect, `NoSchedule`, `PreferNoSchedule` or `NoExecute`. @default - every effect */
  readonly effect?: string;
}
