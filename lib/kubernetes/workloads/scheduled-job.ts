import { ApiObject, type Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { k8s } from '../k8s';
import { labelsOf, podMetadata, WITHOUT_HEALTH, type WorkloadLabels } from '../metadata/labels';
import type { Schedule } from '../schedule';

/** Props of {@link ScheduledJob}. */
export interface ScheduledJobProps {
  /** Labels of the workload. */
  readonly workload: WorkloadLabels;
  /** Name, when several Jobs share one workload's labels. @default - the name of the workload */
  readonly name?: string;
  /** When it runs, in UTC. @default - suspended: it runs only with `kubectl create job --from` */
  readonly schedule?: Schedule;
  /** Time after which a run fails. Waiting for a node counts too. */
  readonly deadline: Duration;
  /** How often a failed run is retried. @default 0 */
  readonly retries?: number;
  /** The pod. */
  readonly pod: k8s.PodSpec;
  /** Time after which a finished run and its volumes are deleted. @default - kept as long as it is in the history */
  readonly timeToLive?: Duration;
  /** Names of init containers that run as sidecars. @default - none */
  readonly sidecars?: string[];
}

/**
 * A CronJob whose runs never overlap.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
export class ScheduledJob extends ApiObject {
  constructor(scope: Construct, id: string, props: ScheduledJobProps) {
    const labels = labelsOf(props.workload);
    super(scope, id, {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: {
        name: props.name ?? props.workload.app,
        labels,
        // Some versions of Argo CD would call the whole Application Suspended.
        annotations: props.schedule ? undefined : WITHOUT_HEALTH,
      },
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
 * Converts a pod to plain data and makes these init containers sidecars.
 *
 * The typed objects know only Kubernetes 1.27, and would drop the field.
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
