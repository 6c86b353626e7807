import { Duration } from 'cdk8s';
import type { HomeserverSettings } from '../../../imports/homeserver';
import { type Alert, AlertSeverity } from '../../monitoring/monitored';

/** Share of pushes that fail above which most devices stay silent. */
export const PUSH_FAILURES = 0.5;

/** Refusals a second above which a service has outgrown its rate limit. */
export const THROTTLED = 0.5;

/** Alerts on what Synapse does for other programs, and on limits that the settings turn on. */
export function optionalAlerts(series: string, settings: HomeserverSettings): Alert[] {
  return [
    push(series),
    {
      name: 'MatrixClientsThrottled',
      expression: `sum(rate(synapse_http_server_responses_total{${series},code="429"}[15m])) > ${THROTTLED}`,
      holdsFor: Duration.minutes(30),
      severity: AlertSeverity.WARNING,
      summary: 'Synapse refuses requests of clients that are too fast',
      description:
        'A service or client loses requests: Synapse refuses {{ $value | humanize }} a second, because they are too many.',
    },
    ...(settings.app_service_config_files?.length ? [applicationServices(series)] : []),
    ...(settings.limit_usage_by_mau ? [userLimit(series)] : []),
  ];
}

function push(series: string): Alert {
  const failed = `sum(rate(synapse_http_httppusher_http_pushes_failed_total{${series}}[15m]))`;
  const processed = `sum(rate(synapse_http_httppusher_http_pushes_processed_total{${series}}[15m]))`;
  return {
    name: 'MatrixPushFailing',
    // Where no push has ever succeeded, the second metric has no series.
    expression: `${failed} / ((${failed} + (${processed} or ${failed} * 0)) > 0) > ${PUSH_FAILURES}`,
    holdsFor: Duration.minutes(30),
    severity: AlertSeverity.WARNING,
    summary: 'Phones are not notified of new messages',
    description: 'People miss messages: {{ $value | humanizePercentage }} of the notifications to phones fail.',
  };
}

function applicationServices(series: string): Alert {
  return {
    name: 'MatrixApplicationServiceFailing',
    expression: `sum by (service) (rate(synapse_appservice_api_failed_transactions_total{${series}}[15m])) > 0`,
    holdsFor: Duration.minutes(15),
    severity: AlertSeverity.WARNING,
    summary: 'The application service {{ $labels.service }} does not accept events',
    description: 'A bridge or bot stays silent: Synapse cannot deliver events to {{ $labels.service }}.',
  };
}

function userLimit(series: string): Alert {
  return {
    name: 'MatrixUserLimit',
    expression: `max(synapse_admin_mau_current{${series}}) / (max(synapse_admin_mau_max{${series}}) > 0) > 0.9`,
    holdsFor: Duration.hours(1),
    severity: AlertSeverity.WARNING,
    summary: 'The limit of monthly users is almost reached',
    description:
      'New people will be turned away: {{ $value | humanizePercentage }} of the users that max_mau_value allows are active.',
  };
}
