import type { KubeObject, Objects } from './objects';

/** State of a container that waits or has ended. */
export interface ContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly terminated?: { readonly reason?: string; readonly exitCode: number; readonly finishedAt?: string };
}

/** Status of a container. */
export interface ContainerStatus {
  readonly name: string;
  readonly image: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
}

/** A container of a pod. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly resources?: { readonly requests?: { readonly [resource: string]: string } };
  readonly env?: { readonly valueFrom?: { readonly secretKeyRef?: SecretReference } }[];
  readonly envFrom?: { readonly secretRef?: SecretReference }[];
  readonly restartPolicy?: string;
}

/** A Secret that a pod names. */
export interface SecretReference {
  readonly name?: string;
  readonly optional?: boolean;
}

/** A volume of a pod, as far as it holds Secrets. */
export interface Volume {
  readonly secret?: { readonly secretName: string; readonly optional?: boolean };
  readonly projected?: { readonly sources?: { readonly secret?: SecretReference }[] };
  readonly persistentVolumeClaim?: { readonly claimName: string };
}

/** Specification of a pod. */
export interface PodSpec {
  readonly nodeName?: string;
  readonly containers: Container[];
  readonly initContainers?: Container[];
  readonly volumes?: Volume[];
}

/** A pod. */
export interface Pod extends KubeObject {
  readonly spec: PodSpec;
  readonly status: {
    readonly phase: string;
    readonly conditions?: { readonly type: string; readonly status: string; readonly message?: string }[];
    readonly containerStatuses?: ContainerStatus[];
    readonly initContainerStatuses?: ContainerStatus[];
  };
}

/** A Deployment or StatefulSet. */
export interface Workload extends KubeObject {
  readonly spec: {
    readonly replicas?: number;
    readonly template: { readonly metadata?: { readonly labels?: { [key: string]: string } }; readonly spec: PodSpec };
  };
  readonly status: { readonly readyReplicas?: number; readonly updatedReplicas?: number };
}

/** A CronJob. */
export interface CronJob extends KubeObject {
  readonly spec: {
    readonly suspend?: boolean;
    readonly jobTemplate: { readonly spec: { readonly template: Workload['spec']['template'] } };
  };
  readonly status?: { readonly lastScheduleTime?: string; readonly lastSuccessfulTime?: string };
}

/** A Job. */
export interface Job extends KubeObject {
  readonly spec: { readonly template: Workload['spec']['template'] };
  readonly status: {
    readonly conditions?: { readonly type: string; readonly status: string; readonly message?: string }[];
  };
}

/** All Deployments and StatefulSets. */
export const workloadsOf = async (objects: Objects): Promise<Workload[]> => [
  ...(await objects.all<Workload>('deployments')),
  ...(await objects.all<Workload>('statefulsets')),
];

/** All containers of a pod, in the order of their start. */
export const statusesOf = ({ status }: Pod): ContainerStatus[] => [
  ...(status.initContainerStatuses ?? []),
  ...(status.containerStatuses ?? []),
];

/** All containers that a pod declares. */
export const containersOf = ({ initContainers = [], containers }: PodSpec): Container[] => [
  ...initContainers,
  ...containers,
];

/** Whether a Job has failed for good. */
export const hasFailed = ({ status }: Job): boolean =>
  status.conditions?.some(({ type, status: value }) => type === 'Failed' && value === 'True') === true;
