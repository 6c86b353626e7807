import { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Schedule } from '../kubernetes/schedule';
import { overdue } from '../monitoring/expressions';
import { type Alert, AlertSeverity } from '../monitoring/monitored';

/** Alerts on the CronJob, which has no port with metrics: kube-state-metrics tells when it last succeeded. */
export function upkeepAlerts(scope: IConstruct, cronJob: string, schedule: Schedule): Alert[] {
  return [
    {
      name: 'MatrixUpkeepOverdue',
      expression: overdue(scope, cronJob, schedule),
      holdsFor: Duration.hours(1),
      severity: AlertSeverity.WARNING,
      summary: 'Abandoned rooms are not deleted',
      description:
        'People notice nothing, but rooms stay that should be gone: upkeep has not succeeded in time, or kube-state-metrics does not answer.',
    },
  ];
}
