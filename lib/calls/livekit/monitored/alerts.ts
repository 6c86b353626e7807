import { Duration } from 'cdk8s';
import { unreachable } from '../../../monitoring/expressions';
import { type Alert, AlertSeverity } from '../../../monitoring/monitored';

/** Share of the joins that get no connection for media above which the network is wrong, and not one client. */
export const UNCONNECTED_SHARE = 0.5;
/** Joins below which a share says nothing. */
const FEW_JOINS = 4;

/** Alerts on the SFU of calls. */
export function livekitAlerts(series: string): Alert[] {
  const joins = (state: string) => `sum(increase(livekit_participant_join_total{${series},state="${state}"}[30m]))`;
  return [
    {
      name: 'MatrixCallsDown',
      expression: unreachable(series),
      holdsFor: Duration.minutes(3),
      severity: AlertSeverity.CRITICAL,
      summary: 'There are no calls',
      description: 'Calls have broken off and none can begin: LiveKit does not answer.',
    },
    {
      name: 'MatrixCallsWithoutMedia',
      expression: `1 - ${joins('rtc_connected')} / (${joins('signal_connected')} > ${FEW_JOINS}) > ${UNCONNECTED_SHARE}`,
      holdsFor: Duration.minutes(1),
      severity: AlertSeverity.CRITICAL,
      summary: 'People join calls without picture and sound',
      description:
        'People see and hear nothing in calls: {{ $value | humanizePercentage }} of the joins in 30 minutes got no connection for media.',
    },
  ];
}
