import { Duration } from 'cdk8s';
import { type Alert, AlertSeverity } from '../../monitoring/monitored';

/** Alerts on the workers; none without workers. */
export function workerAlerts(workers: string[]): Alert[] {
  // With the name of the worker, which a sum over all would lose.
  const away = workers.map((series) => `(sum by (app) (up{${series}}) == 0) or absent(up{${series}})`);
  return away.length === 0
    ? []
    : [
        {
          name: 'MatrixWorkerDown',
          expression: away.join(' or '),
          holdsFor: Duration.minutes(3),
          severity: AlertSeverity.CRITICAL,
          summary: 'The worker {{ $labels.app }} does not answer',
          description:
            'A part of the server does not work, or the main process does the work of the worker too: no pod of {{ $labels.app }} has answered for three minutes.',
        },
      ];
}
