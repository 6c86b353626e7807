import { Duration } from 'cdk8s';
import { type Alert, AlertSeverity } from '../../monitoring/monitored';

/**
 * Alerts on the workers; none without workers.
 *
 * @param workers matchers of the series of each worker.
 * @param processes those of all processes: the main one can be behind too.
 */
export function workerAlerts(workers: string[], processes: string): Alert[] {
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
        {
          name: 'MatrixReplicationBehind',
          expression: `sum by (app) (rate(synapse_notifier_wait_for_stream_token_timeouts_total{${processes}}[10m])) > 0`,
          // One request that gave up is in the rate for less than this.
          holdsFor: Duration.minutes(10),
          severity: AlertSeverity.WARNING,
          summary: 'The process {{ $labels.app }} is behind the others',
          description:
            'New messages reach some people late: {{ $labels.app }} does not learn in time what other processes have written.',
        },
      ];
}
