import { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Schedule } from '../../kubernetes/schedule';
import { overdue } from '../../monitoring/expressions';
import { type Alert, AlertSeverity } from '../../monitoring/monitored';

/** The CronJob that gives a bucket what it lacks. */
export interface FilledBucket {
  readonly cronJob: string;
  readonly bucket: { readonly schedule: Schedule };
}

/** Alerts on media in a bucket. */
export function mediaBucketAlerts(scope: IConstruct, series: string, { cronJob, bucket }: FilledBucket): Alert[] {
  return [
    {
      name: 'MatrixMediaBucketFailing',
      expression: `sum(increase(matrix_media_bucket_failures_total{${series}}[10m])) > 0`,
      holdsFor: Duration.minutes(5),
      severity: AlertSeverity.CRITICAL,
      summary: 'The bucket of the media does not answer',
      description:
        'People cannot send files, nor open those that are only in the bucket: in ten minutes {{ $value | humanize }} requests to it failed.',
    },
    {
      name: 'MatrixMediaOffloadOverdue',
      expression: overdue(scope, cronJob, bucket.schedule),
      holdsFor: Duration.hours(1),
      severity: AlertSeverity.WARNING,
      summary: 'Files stay on the claim of the media',
      description:
        'People notice nothing, but the claim fills, and files from before the bucket may not be in it: the offload has not succeeded in time, or kube-state-metrics does not answer.',
    },
  ];
}
