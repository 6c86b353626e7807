import { Duration } from 'cdk8s';
import { AVAILABILITY_OBJECTIVE, burns, FAST_BURN, SLOW_BURN } from '../../monitoring/expressions';
import { type Alert, AlertSeverity } from '../../monitoring/monitored';

/** Returns the share of requests that failed in a window. Probes of the kubelet do not count. */
export function failedShare(series: string, window: string): string {
  const answers = `haproxy_frontend_http_responses_total{${series},proxy!="state"`;
  return `(sum(rate(${answers},code="5xx"}[${window}])) / (sum(rate(${answers}}[${window}])) > 0))`;
}

/** Alerts on availability, as clients see it: the proxies answer 503 while Synapse is away. */
export function objectiveAlerts(series: string): Alert[] {
  const budget = Number((1 - AVAILABILITY_OBJECTIVE).toPrecision(4));
  const failed = (window: string) => failedShare(series, window);
  const effect = `Requests of clients fail. The objective is ${AVAILABILITY_OBJECTIVE * 100} % of answers without an error of the server.`;
  return [
    {
      name: 'MatrixUnavailable',
      expression: burns(failed, budget, FAST_BURN),
      holdsFor: Duration.minutes(2),
      severity: AlertSeverity.CRITICAL,
      summary: 'Many requests fail',
      description: `${effect} At this rate the month's allowance is used up in two days.`,
    },
    {
      name: 'MatrixUnreliable',
      expression: burns(failed, budget, SLOW_BURN),
      holdsFor: Duration.minutes(15),
      severity: AlertSeverity.WARNING,
      summary: 'Requests fail again and again',
      description: `${effect} At this rate the month's allowance is used up in five days.`,
    },
  ];
}
