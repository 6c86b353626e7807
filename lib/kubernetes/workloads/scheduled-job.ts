import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { k8s } from '../k8s';
import { type Identity, labelsOf } from '../metadata/labels';
import { podWithSidecars } from './sidecars';

/** What runs by the clock, or by hand with `kubectl create job --from`. */
export interface CronJobProps {
  readonly identity: Identity;
  /** Where several share one identity. @default - that of the identity */
  readonly name?: string;
  /** In UTC. @default - never by the clock, only by hand */
  readonly schedule?: string;
  /** After how many seconds a run that hangs fails, so that somebody sees it. One that waits for a node hangs too. */
  readonly deadline: number;
  /** How often a run that fails is tried again. @default 0 */
  readonly retries?: number;
  readonly pod: k8s.PodSpec;
  /** Seconds after which a run that has ended is removed, with its volumes. @default - kept, as many as the history is long */
  readonly timeToLive?: number;
  /** Init containers that run beside the others. @default - none */
  readonly sidecars?: string[];
}

/**
 * A CronJob of which never two runs overlap.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
export function renderCronJob(scope: Construct, id: string, props: CronJobProps): void {
  const metadata = { labels: labelsOf(props.identity) };
  new ApiObject(scope, id, {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: props.name ?? props.identity.app, ...metadata },
    spec: {
      ...(props.schedule ? { schedule: props.schedule } : { suspend: true, schedule: '@yearly' }),
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata,
        spec: {
          backoffLimit: props.retries ?? 0,
          activeDeadlineSeconds: props.deadline,
          ttlSecondsAfterFinished: props.timeToLive,
          template: { metadata, spec: podWithSidecars(props.pod, props.sidecars ?? []) },
        },
      },
    },
  });
}
