import { Duration } from 'cdk8s';
import { unreachable } from '../../monitoring/expressions';
import { type Alert, AlertSeverity } from '../../monitoring/monitored';

/** Share of the connections of a proxy above which clients are soon kept waiting. */
export const SESSIONS_FULL = 0.8;

/** Alerts on the proxies. */
export function edgeAlerts(series: string, replicas: number, discovery: boolean): Alert[] {
  return [
    {
      name: 'MatrixEdgeDown',
      expression: unreachable(series),
      holdsFor: Duration.minutes(2),
      severity: AlertSeverity.CRITICAL,
      summary: 'No proxy answers',
      description: 'People cannot reach the server at all: every request passes the proxies, and none of them answers.',
    },
    ...(replicas > 1 ? [degraded(series, replicas)] : []),
    {
      name: 'MatrixEdgeBackendAway',
      expression: `max by (proxy) (haproxy_backend_active_servers{${series},proxy=~"synapse|federation"}) == 0`,
      holdsFor: Duration.minutes(2),
      severity: AlertSeverity.CRITICAL,
      summary: 'The proxies cannot reach Synapse',
      description: 'People get errors: the proxies find no healthy Synapse for {{ $labels.proxy }}.',
    },
    {
      name: 'MatrixEdgeSessions',
      expression: `max by (proxy) (haproxy_frontend_current_sessions{${series},proxy!="state"} / haproxy_frontend_limit_sessions{${series},proxy!="state"}) > ${SESSIONS_FULL}`,
      holdsFor: Duration.minutes(10),
      severity: AlertSeverity.WARNING,
      summary: 'The proxies have almost no connections left',
      description: 'New clients will wait: {{ $value | humanizePercentage }} of the connections of a proxy are in use.',
    },
    ...(discovery ? [discoveryFails(series)] : []),
  ];
}

function degraded(series: string, replicas: number): Alert {
  return {
    name: 'MatrixEdgeDegraded',
    expression: `sum(up{${series}}) < ${replicas}`,
    holdsFor: Duration.minutes(15),
    severity: AlertSeverity.WARNING,
    summary: 'A proxy is missing',
    description: `People notice nothing yet. Only {{ $value }} of ${replicas} proxies answer, and a further loss interrupts everyone.`,
  };
}

function discoveryFails(series: string): Alert {
  const answers = `haproxy_backend_http_responses_total{${series},proxy="discovery"`;
  return {
    name: 'MatrixDiscoveryFailing',
    expression: `sum(rate(${answers},code="5xx"}[5m])) / (sum(rate(${answers}}[5m])) > 0) > 0.05`,
    holdsFor: Duration.minutes(5),
    severity: AlertSeverity.CRITICAL,
    summary: 'Discovery does not answer',
    description:
      'New clients do not find the server: {{ $value | humanizePercentage }} of the requests for /.well-known/matrix fail.',
  };
}
