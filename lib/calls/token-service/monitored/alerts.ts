import { Duration } from 'cdk8s';
import { unreachable } from '../../../monitoring/expressions';
import { type Alert, AlertSeverity } from '../../../monitoring/monitored';

/** Share of the requests that fail above which calls are broken, and not a single request. */
export const FAILING_SHARE = 0.2;

/** Seconds without a look at who is in the calls. One takes place every two seconds. */
export const SWEEP_AGE = 60;

/** Alerts on the token service of calls. */
export function tokenServiceAlerts(series: string): Alert[] {
  const requests = (matchers: string) =>
    `sum(rate(matrix_call_token_requests_total{${series},path!="/sfu_webhook"${matchers}}[5m]))`;
  return [
    {
      name: 'MatrixCallTokensFailing',
      expression: `(${requests(',result="failed"')} / (${requests('')} > 0) > ${FAILING_SHARE}) or ${unreachable(series)}`,
      holdsFor: Duration.minutes(3),
      severity: AlertSeverity.CRITICAL,
      summary: 'People cannot join calls',
      description: 'People cannot join calls: the token service does not answer, or cannot ask Synapse or LiveKit.',
    },
    {
      name: 'MatrixCallSweepStuck',
      expression: `time() - max(matrix_call_token_last_sweep_timestamp_seconds{${series}}) > ${SWEEP_AGE}`,
      holdsFor: Duration.minutes(1),
      severity: AlertSeverity.CRITICAL,
      summary: 'Those who left a room may stay in its call',
      description:
        'People who were removed from a room may still hear its call: its participants have not been checked for {{ $value | humanizeDuration }}.',
    },
  ];
}
