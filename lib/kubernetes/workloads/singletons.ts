import { type ApiObject, Chart, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { k8s } from '../k8s';
import { CONFIG_HASH, configHash, DEFAULT_CONTAINER } from '../metadata/config-hash';
import { labelsOf, podMetadata, selectorLabels, type WorkloadLabels } from '../metadata/labels';

/**
 * Makes synthesis fail when a patch would let two pods of a workload write to the same data.
 *
 * @param workload a Deployment, or a StatefulSet.
 * @param remedy what to do instead, for the message.
 * @param mayRoll returns whether a Deployment may have a strategy other than `Recreate`.
 */
function checkSingle(workload: ApiObject, remedy: string, mayRoll = () => false): void {
  workload.node.addValidation({
    validate: () => {
      const { replicas, strategy } = workload.toJson().spec;
      const rolls = workload.kind === 'Deployment' && strategy?.type !== 'Recreate' && !mayRoll();
      return replicas <= 1 && !rolls
        ? []
        : [
            `${workload.kind} '${workload.name}' in ${Chart.of(workload).namespace ?? 'no namespace'} has ${replicas} replicas` +
              `${rolls ? ` and strategy ${strategy?.type}` : ''}; two pods would corrupt the data they share: ${remedy}`,
          ];
    },
  });
}

/** Props of {@link SingletonDeployment}. */
export interface SingletonDeploymentProps {
  /** Labels of the workload. */
  readonly workload: WorkloadLabels;
  /** The ConfigMaps that the pod reads. It restarts when they change. */
  readonly configMaps: ApiObject[];
  /** The pod. */
  readonly pod: k8s.PodSpec;
  /** How to scale instead, for the message after `leave 1 and Recreate`. @default - no advice */
  readonly remedy?: string;
  /** Returns, at synthesis, whether a new pod may be there before the old one ends, whose end the program awaits. @default - it may not */
  readonly standsBy?: () => boolean;
}

/** The new pod is ready before the old one ends. */
const SURGE: k8s.DeploymentStrategy = {
  type: 'RollingUpdate',
  rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(1), maxUnavailable: k8s.IntOrString.fromNumber(0) },
};

/** A Deployment of one pod. The old one ends before the new one uses the data, so two never share them. */
export class SingletonDeployment extends k8s.KubeDeployment {
  constructor(scope: Construct, id: string, props: SingletonDeploymentProps) {
    const { workload, configMaps, pod, remedy = '', standsBy = () => false } = props;
    super(scope, id, {
      metadata: { name: workload.app, labels: labelsOf(workload) },
      spec: {
        replicas: 1,
        strategy: Lazy.any({ produce: () => (standsBy() ? SURGE : { type: 'Recreate' }) }),
        revisionHistoryLimit: 3,
        // A new version of the program may have to migrate its data first.
        progressDeadlineSeconds: 900,
        selector: { matchLabels: selectorLabels(workload) },
        template: podTemplate(workload, configMaps, pod),
      },
    });
    checkSingle(this, `leave 1 and Recreate${remedy}`, standsBy);
  }
}

/** Props of {@link SingletonStatefulSet}. */
export interface SingletonStatefulSetProps {
  /** Labels of the workload. */
  readonly workload: WorkloadLabels;
  /** Name of the headless Service. @default - the name of the workload */
  readonly serviceName?: string;
  /** The ConfigMaps that the pod reads. It restarts when they change. */
  readonly configMaps: ApiObject[];
  /** Returns the pod, at synthesis. */
  readonly pod: () => k8s.PodSpec;
  /** How to scale instead, for the message after `leave 1`. */
  readonly remedy: string;
}

/** A StatefulSet of one pod, which keeps its name. */
export class SingletonStatefulSet extends k8s.KubeStatefulSet {
  constructor(scope: Construct, id: string, props: SingletonStatefulSetProps) {
    const { workload, serviceName = workload.app, configMaps, pod, remedy } = props;
    const spec = (): k8s.StatefulSetSpec => ({
      replicas: 1,
      serviceName,
      selector: { matchLabels: selectorLabels(workload) },
      template: podTemplate(workload, configMaps, pod()),
    });
    super(scope, id, {
      metadata: { name: workload.app, labels: labelsOf(workload) },
      spec: Lazy.any({ produce: spec }),
    });
    checkSingle(this, `leave 1; ${remedy}`);
  }
}

function podTemplate(workload: WorkloadLabels, configMaps: ApiObject[], spec: k8s.PodSpec) {
  const annotations = {
    [CONFIG_HASH]: Lazy.any({ produce: () => configHash(configMaps) }),
    [DEFAULT_CONTAINER]: spec.containers[0].name,
  };
  return { metadata: podMetadata(workload, annotations), spec };
}
