import { Duration } from 'cdk8s';
import { burnAlerts, SEND_OBJECTIVE } from '../../monitoring/expressions';
import { type Alert, AlertSeverity } from '../../monitoring/monitored';

/** Share of failing syncs above which people wait for messages. */
export const SYNC_FAILURES = 0.05;

const TIME = 'synapse_http_server_response_time_seconds';
const SEND = 'servlet="RoomSendEventRestServlet"';

/** Alerts on what people notice: that messages are sent late, or do not arrive. */
export function objectiveAlerts(series: string): Alert[] {
  return [...sendLatency(series), syncs(series), nothingPersisted(series)];
}

function sendLatency(series: string): Alert[] {
  const late = (window: string) =>
    `(1 - sum(rate(${TIME}_bucket{${series},${SEND},le="1.0"}[${window}])) / (sum(rate(${TIME}_count{${series},${SEND}}[${window}])) > 0))`;
  const summary = 'Messages are sent too slowly';
  // Among a handful of messages, one slow one says nothing.
  const and = `(sum(increase(${TIME}_count{${series},${SEND}}[1h])) > 50)`;
  return burnAlerts({
    objective: SEND_OBJECTIVE,
    bad: late,
    effect: `People wait when they send a message: too many take more than a second. The objective is ${SEND_OBJECTIVE * 100} %.`,
    fast: { name: 'MatrixSendSlow', summary, and },
    slow: { name: 'MatrixSendSlowly', summary, and },
  });
}

function syncs(series: string): Alert {
  // Of its latency nothing follows: a sync waits for news.
  const sync = `${series},servlet=~"SyncRestServlet|SlidingSyncRestServlet"`;
  return {
    name: 'MatrixSyncFailing',
    expression: `sum(rate(${TIME}_count{${sync},code=~"5.."}[10m])) / (sum(rate(${TIME}_count{${sync}}[10m])) > 0) > ${SYNC_FAILURES}`,
    holdsFor: Duration.minutes(10),
    severity: AlertSeverity.CRITICAL,
    summary: 'Clients cannot fetch new messages',
    description:
      'New messages do not arrive: {{ $value | humanizePercentage }} of the syncs fail with an error of the server.',
  };
}

function nothingPersisted(series: string): Alert {
  const refused = `(sum(rate(${TIME}_count{${series},${SEND},code=~"4.."}[10m])) or vector(0))`;
  const received = `sum(rate(synapse_http_server_requests_received_total{${series},${SEND}}[10m]))`;
  return {
    name: 'MatrixNothingPersisted',
    expression: `(${received} - ${refused} > 0.01) unless (sum(rate(synapse_storage_events_persisted_events_total{${series}}[10m])) > 0)`,
    holdsFor: Duration.minutes(5),
    severity: AlertSeverity.CRITICAL,
    summary: 'Messages are received but not stored',
    description: 'People send messages that never arrive: Synapse receives them and stores none.',
  };
}
