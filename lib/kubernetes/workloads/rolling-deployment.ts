import { type ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { k8s } from '../k8s';
import { CONFIG_HASH, configHash } from '../metadata/config-hash';
import { labelsOf, podMetadata, selectorLabels, type WorkloadLabels } from '../metadata/labels';

/** Keeps a pod serving for so many seconds after its end has begun. Without it, each update would cut connections. */
export function preStopDelay(seconds: number): k8s.Lifecycle {
  return { preStop: { exec: { command: ['sleep', `${seconds}`] } } };
}

/** Keeps a pod serving until every node has dropped its endpoint. */
export const PRE_STOP_DELAY = preStopDelay(5);

/**
 * Checks a number of replicas, and returns it.
 *
 * @param what the prop, for the message.
 * @param usual the default, for the message.
 * @throws when the number is not a whole number from 1.
 */
export function checkedReplicas(what: string, replicas: number, usual: number): number {
  if (!Number.isInteger(replicas) || replicas < 1) {
    throw new Error(`${what} must be a whole number from 1, got ${replicas}: leave it out for ${usual}`);
  }
  return replicas;
}

/** Pods that an update of a {@link RollingDeployment} has beside the others. Proxies and the database have room for them. */
export const SURGE = 1;

/** Props of {@link RollingDeployment}. */
export interface RollingDeploymentProps {
  /** Labels of the workload. */
  readonly workload: WorkloadLabels;
  /** Number of pods; the least one of a Deployment that is scaled. */
  readonly replicas: number;
  /** Whether an autoscaler sets the number of pods. @default false */
  readonly autoscaled?: boolean;
  /** The ConfigMaps that the pods read. They restart when these change. */
  readonly configMaps: ApiObject[];
  /** The pod. */
  readonly pod: k8s.PodSpec;
}

/**
 * A Deployment of identical pods. An update never reduces their number, and nodes are drained of them one at a time.
 *
 * With one replica there is no PodDisruptionBudget, because it would block every drain.
 */
export class RollingDeployment extends k8s.KubeDeployment {
  constructor(scope: Construct, id: string, props: RollingDeploymentProps) {
    const { workload, replicas, autoscaled = false, configMaps, pod } = props;
    super(scope, id, {
      metadata: { name: workload.app, labels: labelsOf(workload) },
      spec: {
        // Each apply would undo what the autoscaler has set.
        replicas: autoscaled ? undefined : replicas,
        selector: { matchLabels: selectorLabels(workload) },
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(SURGE), maxUnavailable: k8s.IntOrString.fromNumber(0) },
        },
        template: {
          metadata: podMetadata(workload, { [CONFIG_HASH]: Lazy.any({ produce: () => configHash(configMaps) }) }),
          spec: pod,
        },
      },
    });
    if (replicas > 1) {
      disruptionBudget(scope, id === 'Default' ? 'Budget' : `${id}Budget`, workload);
    }
  }
}

/** Lets nodes be drained of a workload's pods one at a time. */
export function disruptionBudget(scope: Construct, id: string, workload: WorkloadLabels): void {
  new k8s.KubePodDisruptionBudget(scope, id, {
    metadata: { name: workload.app, labels: labelsOf(workload) },
    spec: {
      maxUnavailable: k8s.IntOrString.fromNumber(1),
      selector: { matchLabels: selectorLabels(workload) },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
}
