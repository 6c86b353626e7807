import { ApiObject, type Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { k8s } from '../k8s';
import { labelsOf, podMetadata, type WorkloadLabels } from '../metadata/labels';
import type { Schedule } from '../schedule';

/** Props of {@link ScheduledJob}. */
export interface ScheduledJobProps {
  readonly workload: WorkloadLabels;
  /** Where several share one workload's labels. @default - that of the workload */
  readonly name?: string;
  /** In UTC. @default - suspended: it runs only by hand, with `kubectl create job --from` */
  readonly schedule?: Schedule;
  /** After which a run that hangs fails visibly. One that waits for a node hangs too. */
  readonly deadline: Duration;
  /** How often a run that fails is tried again. @default 0 */
  readonly retries?: number;
  readonly pod: k8s.PodSpec;
  /** After which a finished run is removed, with its volumes. @default - kept, as many as the history is long */
  readonly timeToLive?: Duration;
  /** Init containers that run beside the others and end with the pod. @default - none */
  readonly sidecars?: string[];
}

/**
 * A CronJob of which two runs never overlap.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
export class ScheduledJob extends ApiObject {
  constructor(scope: Construct, id: string, props: ScheduledJobProps) {
    const labels = labelsOf(props.workload);
    super(scope, id, {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: props.name ?? props.workload.app, labels },
      spec: {
        ...(props.schedule ? { schedule: props.schedule.expression } : { suspend: true, schedule: '@yearly' }),
        timeZone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 3600,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          metadata: { labels },
          spec: {
            backoffLimit: props.retries ?? 0,
            activeDeadlineSeconds: props.deadline.toSeconds(),
            ttlSecondsAfterFinished: props.timeToLive?.toSeconds(),
            template: { metadata: podMetadata(props.workload), spec: withSidecars(props.pod, props.sidecars ?? []) },
          },
        },
      },
    });
  }
}

/**
 * The pod as plain data, with these init containers as sidecars: the typed objects know only Kubernetes 1.27 and would drop the field.
 *
 * @throws when the pod has no such init container.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
function withSidecars(pod: k8s.PodSpec, sidecars: string[]): { [key: string]: unknown } {
  const missing = sidecars.find((name) => !pod.initContainers?.some((one) => one.name === name));
  if (missing) {
    throw new Error(`'${missing}' is not an init container of the pod: list sidecars among the initContainers`);
  }
  const plain = k8s.toJson_PodSpec(pod) ?? {};
  return {
    ...plain,
    initContainers: plain.initContainers?.map((one: { name: string }) =>
      sidecars.includes(one.name) ? { ...one, restartPolicy: 'Always' } : one,
    ),
  };
}
