import { Duration } from 'cdk8s';
import { type Alert, AlertSeverity } from '../../monitoring/monitored';

/** Events to other servers that wait, above which a backlog is not a passing one. */
export const BACKLOG = 500;

/** Alerts on federation, where it is on. */
export function federationAlerts(series: string): Alert[] {
  const pending = `synapse_federation_transaction_queue_pending_pdus{${series}}`;
  return [
    {
      name: 'MatrixFederationSenderBehind',
      // The lag that Synapse reports stands still with the sender, so its position counts.
      expression:
        `max(synapse_event_persisted_position{${series}}) - max(synapse_event_processing_positions{${series},name="federation_sender"}) > 0 ` +
        `and changes(max(synapse_event_processing_positions{${series},name="federation_sender"})[10m:1m]) == 0`,
      holdsFor: Duration.minutes(10),
      severity: AlertSeverity.CRITICAL,
      summary: 'Messages do not leave for other servers',
      description:
        'People on other servers do not get messages: {{ $value }} events wait, and the sender stands still.',
    },
    {
      name: 'MatrixFederationInboundStuck',
      // The help text says seconds; the value is in milliseconds.
      expression: `max(synapse_federation_server_oldest_inbound_pdu_in_staging{${series}}) / 1000 > 600`,
      holdsFor: Duration.minutes(10),
      severity: AlertSeverity.WARNING,
      summary: 'Messages from other servers are stuck',
      description:
        'Messages from other servers arrive late: the oldest has waited for {{ $value | humanizeDuration }}.',
    },
    {
      name: 'MatrixFederationBacklog',
      expression: `max(${pending}) > ${BACKLOG} and max(deriv(${pending}[30m])) > 0`,
      holdsFor: Duration.minutes(30),
      severity: AlertSeverity.WARNING,
      summary: 'A backlog for other servers grows',
      description:
        'People on other servers get messages late: {{ $value }} events wait to be sent, and the number grows.',
    },
  ];
}
