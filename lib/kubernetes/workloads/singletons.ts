import { type ApiObject, Chart, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { k8s } from '../k8s';
import { CONFIG_HASH, configHash, DEFAULT_CONTAINER } from '../metadata/config-hash';
import { labelsOf, podMetadata, selectorLabels, type WorkloadLabels } from '../metadata/labels';

/**
 * Fails the synthesis when a patch has made it possible that two pods of a workload write to the same data.
 *
 * @param workload a Deployment, whose strategy must be `Recreate`, or a StatefulSet.
 * @param remedy what to do for more.
 */
function checkSingle(workload: ApiObject, remedy: string): void {
  workload.node.addValidation({
    validate: () => {
      const { replicas, strategy } = workload.toJson().spec;
      const rolls = workload.kind === 'Deployment' && strategy?.type !== 'Recreate';
      return replicas <= 1 && !rolls
        ? []
        : [
            `${workload.kind} '${workload.name}' in ${Chart.of(workload).namespace ?? 'no namespace'} has ${replicas} replicas` +
              `${rolls ? ` and strategy ${strategy?.type}` : ''}; two of them on the same data corrupt it: ${remedy}`,
          ];
    },
  });
}

/** Props of {@link SingletonDeployment}. */
export interface SingletonDeploymentProps {
  readonly workload: WorkloadLabels;
  /** What the pod reads, for a restart when it changes. */
  readonly files: { [name: string]: string };
  readonly pod: k8s.PodSpec;
  /** What to do for more pods, after `leave 1 and Recreate`. @default - nothing */
  readonly remedy?: string;
}

/** The Deployment of one pod: the old one is gone before the new one starts, never two on the same data. */
export class SingletonDeployment extends k8s.KubeDeployment {
  constructor(scope: Construct, id: string, { workload, files, pod, remedy = '' }: SingletonDeploymentProps) {
    super(scope, id, {
      metadata: { name: workload.app, labels: labelsOf(workload) },
      spec: {
        replicas: 1,
        strategy: { type: 'Recreate' },
        revisionHistoryLimit: 3,
        // A new version of the program may have to change its data first.
        progressDeadlineSeconds: 900,
        selector: { matchLabels: selectorLabels(workload) },
        template: podTemplate(workload, files, pod),
      },
    });
    checkSingle(this, `leave 1 and Recreate${remedy}`);
  }
}

/** Props of {@link SingletonStatefulSet}. */
export interface SingletonStatefulSetProps {
  readonly workload: WorkloadLabels;
  /** Name of the headless Service. @default - that of the workload, which nothing connects to */
  readonly serviceName?: string;
  /** What the pod reads, as it is in the end, for a restart when it changes. */
  readonly files: () => { [name: string]: string };
  /** The pod, as it is in the end. */
  readonly pod: () => k8s.PodSpec;
  /** What to do for more pods, after `leave 1`. */
  readonly remedy: string;
}

/** The StatefulSet of one pod, which keeps its name. */
export class SingletonStatefulSet extends k8s.KubeStatefulSet {
  constructor(scope: Construct, id: string, props: SingletonStatefulSetProps) {
    const { workload, serviceName = workload.app, files, pod, remedy } = props;
    const spec = (): k8s.StatefulSetSpec => ({
      replicas: 1,
      serviceName,
      selector: { matchLabels: selectorLabels(workload) },
      template: podTemplate(workload, files(), pod()),
    });
    super(scope, id, {
      metadata: { name: workload.app, labels: labelsOf(workload) },
      spec: Lazy.any({ produce: spec }),
    });
    checkSingle(this, `leave 1; ${remedy}`);
  }
}

function podTemplate(workload: WorkloadLabels, files: { [name: string]: string }, spec: k8s.PodSpec) {
  const annotations = { [CONFIG_HASH]: configHash(files), [DEFAULT_CONTAINER]: spec.containers[0].name };
  return { metadata: podMetadata(workload, annotations), spec };
}
