import { AVAILABILITY_OBJECTIVE, burnAlerts, FAST_BURN, SEND_OBJECTIVE, SLOW_BURN } from '../../monitoring/expressions';
import type { Alert } from '../../monitoring/monitored';
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
  // One user makes few requests. A restart of a server is one or two rounds, and says nothing yet.
  const again = (window: string, minutes: number) =>
    `(${failedRounds(series, window)} > ${Math.round((minutes * 60) / interval)})`;
  return burnAlerts({
    objective: AVAILABILITY_OBJECTIVE,
    bad: (window) => failedSteps(series, window),
    effect: `What people do fails again and again, as the synthetic user meets it. The objective is ${AVAILABILITY_OBJECTIVE * 100} % of steps without a failure.`,
    fast: { name: 'MatrixUnavailable', summary: 'Many requests fail', and: again(FAST_BURN.short, 2) },
    slow: { name: 'MatrixUnreliable', summary: 'Requests fail again and again', and: again(SLOW_BURN.short, 4) },
  });
}

function sendLatency(series: string): Alert[] {
  const summary = 'Messages are sent too slowly';
  return burnAlerts({
    objective: SEND_OBJECTIVE,
    bad: (window) => lateShare('send', '1.0', series, window),
    effect: `People wait when they send a message: at the public address, too many take more than a second. The objective is ${SEND_OBJECTIVE * 100} %.`,
    fast: { name: 'MatrixSendSlow', summary },
    slow: { name: 'MatrixSendSlowly', summary },
  });
}
