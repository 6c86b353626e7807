import { Duration } from 'cdk8s';
import { AVAILABILITY_OBJECTIVE, burns, FAST_BURN, SEND_OBJECTIVE, SLOW_BURN } from '../../monitoring/expressions';
import { type Alert, AlertSeverity } from '../../monitoring/monitored';
import { failedRounds, failedSteps, lateShare } from './expressions';

/**
 * The alerts of the same names on real traffic, from what the synthetic user meets: it is there when people are not,
 * and it notices what the proxies do not see, such as a broken controller or certificate.
 *
 * @param interval seconds between two rounds.
 */
export function objectiveAlerts(series: string, interval: number): Alert[] {
  return [...availability(series, interval), ...sendLatency(series)];
}

function availability(series: string, interval: number): Alert[] {
  const budget = Number((1 - AVAILABILITY_OBJECTIVE).toPrecision(4));
  const failed = (window: string) => failedSteps(series, window);
  const effect = `What people do fails again and again, as the synthetic user meets it. The objective is ${AVAILABILITY_OBJECTIVE * 100} % of steps without a failure.`;
  // One user makes few requests. A restart of a server is one or two rounds, and says nothing yet.
  const again = (window: string, minutes: number) =>
    `(${failedRounds(series, window)} > ${Math.round((minutes * 60) / interval)})`;
  return [
    {
      name: 'MatrixUnavailable',
      expression: `(${burns(failed, budget, FAST_BURN)}) and ${again(FAST_BURN.short, 2)}`,
      holdsFor: Duration.minutes(2),
      severity: AlertSeverity.CRITICAL,
      summary: 'Many requests fail',
      description: `${effect} At this rate the month's allowance is used up in two days.`,
    },
    {
      name: 'MatrixUnreliable',
      expression: `(${burns(failed, budget, SLOW_BURN)}) and ${again(SLOW_BURN.short, 4)}`,
      holdsFor: Duration.minutes(15),
      severity: AlertSeverity.WARNING,
      summary: 'Requests fail again and again',
      description: `${effect} At this rate the month's allowance is used up in five days.`,
    },
  ];
}

function sendLatency(series: string): Alert[] {
  const budget = Number((1 - SEND_OBJECTIVE).toPrecision(4));
  const late = (window: string) => lateShare('send', '1.0', series, window);
  const summary = 'Messages are sent too slowly';
  const effect = `People wait when they send a message: at the public address, too many take more than a second. The objective is ${SEND_OBJECTIVE * 100} %.`;
  return [
    {
      name: 'MatrixSendSlow',
      expression: burns(late, budget, FAST_BURN),
      holdsFor: Duration.minutes(2),
      severity: AlertSeverity.CRITICAL,
      summary,
      description: `${effect} At this rate the month's allowance is used up in two days.`,
    },
    {
      name: 'MatrixSendSlowly',
      expression: burns(late, budget, SLOW_BURN),
      holdsFor: Duration.minutes(15),
      severity: AlertSeverity.WARNING,
      summary,
      description: `${effect} At this rate the month's allowance is used up in five days.`,
    },
  ];
}
