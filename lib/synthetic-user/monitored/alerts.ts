import { Duration } from 'cdk8s';
import { unreachable } from '../../monitoring/expressions';
import { type Alert, AlertSeverity } from '../../monitoring/monitored';
import { lateShare, stepsFailing } from './expressions';

/** Share of the messages that arrive late above which people notice. */
export const LATE_SHARE = 0.5;

/** Seconds after which a message has arrived late, as a bound of the histogram. */
export const LATE = '2.5';

/** Alerts on what the synthetic user meets, and on the synthetic user itself. */
export function syntheticUserAlerts(series: string): Alert[] {
  return [
    {
      name: 'MatrixSyntheticUserFailing',
      expression: stepsFailing(series),
      holdsFor: Duration.minutes(2),
      severity: AlertSeverity.CRITICAL,
      summary: 'The step {{ $labels.step }} does not work at the public address',
      description:
        'People notice it: through the public address, the step {{ $labels.step }} has failed each time for five minutes.',
    },
    {
      name: 'MatrixDeliverySlow',
      expression: `${lateShare('deliver', LATE, series, '15m')} > ${LATE_SHARE}`,
      holdsFor: Duration.minutes(5),
      severity: AlertSeverity.WARNING,
      summary: 'Messages arrive late',
      description: `People wait for the messages of others: {{ $value | humanizePercentage }} of them arrive later than ${LATE} seconds.`,
    },
    {
      name: 'MatrixSyntheticUserDown',
      // It may answer and hang: then no round ends.
      expression: `${unreachable(series)} or (time() - max(matrix_synthetic_last_round_timestamp_seconds{${series}}) > 600)`,
      holdsFor: Duration.minutes(10),
      severity: AlertSeverity.WARNING,
      summary: 'The synthetic user does not run',
      description: 'People notice nothing. Failures that only the synthetic user would find stay unnoticed.',
    },
  ];
}
