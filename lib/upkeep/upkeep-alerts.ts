import { Chart, Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Schedule } from '../kubernetes/schedule';
import { type Alert, AlertSeverity } from '../monitoring/monitored';

/** Time that a run may take, and that a collector may be late. */
const GRACE = Duration.hours(12);

/** Alerts on the CronJob, which has no port with metrics: kube-state-metrics tells when it last succeeded. */
export function upkeepAlerts(scope: IConstruct, cronJob: string, schedule: Schedule): Alert[] {
  const { namespace } = Chart.of(scope);
  const series = `${namespace ? `namespace="${namespace}",` : ''}cronjob=~"${cronJob}"`;
  const last = (metric: string) => `max(${metric}{${series}})`;
  const succeeded = `(${last('kube_cronjob_status_last_successful_time')} or ${last('kube_cronjob_created')})`;
  // One missed run is not worth a notification.
  const limit = 2 * schedule.longestGap.toSeconds() + GRACE.toSeconds();
  return [
    {
      name: 'MatrixUpkeepOverdue',
      expression: `(time() - ${succeeded} > ${limit}) or absent(kube_cronjob_created{${series}})`,
      holdsFor: Duration.hours(1),
      severity: AlertSeverity.WARNING,
      summary: 'Abandoned rooms are not deleted',
      description:
        'People notice nothing, but rooms stay that should be gone: upkeep has not succeeded in time, or kube-state-metrics does not answer.',
    },
  ];
}
