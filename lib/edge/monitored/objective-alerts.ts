import { AVAILABILITY_OBJECTIVE, burnAlerts } from '../../monitoring/expressions';
import type { Alert } from '../../monitoring/monitored';

/** Returns the share of requests that failed in a window. Probes of the kubelet do not count. */
export function failedShare(series: string, window: string): string {
  const answers = `haproxy_frontend_http_responses_total{${series},proxy!="state"`;
  return `(sum(rate(${answers},code="5xx"}[${window}])) / (sum(rate(${answers}}[${window}])) > 0))`;
}

/** Alerts on availability, as clients see it: the proxies answer 503 while Synapse is away. */
export function objectiveAlerts(series: string): Alert[] {
  return burnAlerts({
    objective: AVAILABILITY_OBJECTIVE,
    bad: (window) => failedShare(series, window),
    effect: `Requests of clients fail. The objective is ${AVAILABILITY_OBJECTIVE * 100} % of answers without an error of the server.`,
    fast: { name: 'MatrixUnavailable', summary: 'Many requests fail' },
    slow: { name: 'MatrixUnreliable', summary: 'Requests fail again and again' },
  });
}
