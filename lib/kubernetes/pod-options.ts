/** What all pods of a system have in common. */
export interface PodOptions {
  /**
   * Taints of nodes that the pods may run on all the same.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
   */
  readonly tolerations?: Toleration[];
  /** Labels that a node must have. @default - any node */
  readonly nodeSelector?: { [key: string]: string };
  /** Name of a PriorityClass. @default - the cluster's default */
  readonly priorityClassName?: string;
  /** Further labels of the pods. Ours win. @default - none */
  readonly labels?: { [key: string]: string };
  /** Further annotations of the pods. @default - none */
  readonly annotations?: { [key: string]: string };
}

/** @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#scheduling */
export interface Toleration {
  /** @default - every taint, with `operator: 'Exists'` */
  readonly key?: string;
  /** `Equal` or `Exists`. @default Equal */
  readonly operator?: string;
  /** @default - none, for `Exists` */
  readonly value?: string;
  /** `NoSchedule`, `PreferNoSchedule` or `NoExecute`. @default - every effect */
  readonly effect?: string;
}
