import { Duration } from 'cdk8s';
import { unreachable } from '../../../monitoring/expressions';
import { type Alert, AlertSeverity } from '../../../monitoring/monitored';

/** Share of the joins that get no connection for media above which the network is wrong, and not one client. */
export const UNCONNECTED_SHARE = 0.5;
/** Joins up to which a share says nothing. */
const FEW_JOINS = 4;

/** Alerts on the SFU of calls. */
export function livekitAlerts(series: string): Alert[] {
  const joins = (states: string) => `sum(increase(livekit_participant_join_total{${series},state=~"${states}"}[30m]))`;
  // LiveKit counts one as rtc_connected before it has any connection for media, and a client that gives up as rtc_failure.
  const unconnected = `${joins('rtc_failure')} / (${joins('rtc_failure|rtc_success')} > ${FEW_JOINS})`;
  const lost = (when = '') => `sum(livekit_webhook_dispatch_total{${series},status!="success"}${when})`;
  return [
    {
      name: 'MatrixCallsDown',
      expression: unreachable(series),
      holdsFor: Duration.minutes(3),
      severity: AlertSeverity.CRITICAL,
      summary: 'Calls break off and cannot begin',
      description: 'Calls have broken off and new ones cannot begin: LiveKit does not answer.',
    },
    {
      name: 'MatrixCallsWithoutMedia',
      expression: `${unconnected} > ${UNCONNECTED_SHARE}`,
      holdsFor: Duration.minutes(1),
      severity: AlertSeverity.CRITICAL,
      summary: 'People join calls without picture and sound',
      description:
        'People see and hear nothing in calls: {{ $value | humanizePercentage }} of the joins in 30 minutes got no connection for media.',
    },
    {
      name: 'MatrixCallWebhooksFailing',
      // The series begins with the first failure, of which a rate would see nothing.
      expression: `${lost()} - (${lost(' offset 15m')} or 0 * ${lost()}) > 0`,
      holdsFor: Duration.minutes(1),
      severity: AlertSeverity.WARNING,
      summary: 'The token service does not hear who joins and leaves calls',
      description:
        'People who left a room or a call are noticed late: {{ $value }} messages of LiveKit to the token service were lost in 15 minutes.',
    },
  ];
}
