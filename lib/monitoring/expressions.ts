import { Chart, Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { WorkloadLabels } from '../kubernetes/metadata/labels';
import type { Schedule } from '../kubernetes/schedule';
import { type Alert, AlertSeverity } from './monitored';

/** Windows and factor of the alert that pages: 2 % of a month's error budget are gone in an hour. */
export const FAST_BURN = { long: '1h', short: '5m', factor: 14.4 };

/** Windows and factor of the alert that waits: 5 % of a month's error budget are gone in six hours. */
export const SLOW_BURN = { long: '6h', short: '30m', factor: 6 };

/** Windows and factor of a burn-rate alert. */
export type Burn = typeof FAST_BURN;

/**
 * Returns the matchers of the series of the pods of workloads, such as `namespace="caritas",app="matrix-synapse"`.
 *
 * Both labels come from the collector, and every kind of monitoring sets them.
 */
export function seriesOf(scope: IConstruct, ...workloads: WorkloadLabels[]): string {
  const { namespace } = Chart.of(scope);
  const [one, ...others] = workloads.map(({ app }) => app);
  const apps = others.length === 0 ? `app="${one}"` : `app=~"${[one, ...others].join('|')}"`;
  return placed(namespace, apps);
}

/** Returns matchers of series, of those of a namespace where the chart has one. */
export function placed(namespace: string | undefined, ...matchers: string[]): string {
  return [...(namespace ? [`namespace="${namespace}"`] : []), ...matchers].join(',');
}

/** Returns an expression that holds while no pod of the workload answers the collector. */
export function unreachable(series: string): string {
  return `(sum(up{${series}}) == 0) or absent(up{${series}})`;
}

/** Objective: this share of the requests of clients and other servers is answered without an error of the server. */
export const AVAILABILITY_OBJECTIVE = 0.999;

/** Objective: this share of the messages is accepted within a second. */
export const SEND_OBJECTIVE = 0.99;

/** Share of the claim of the database or of the media below which it has to grow at once. */
export const VOLUME_FULL = 0.1;

/** Returns the free share of the claim of the `backup`, `database` or `media`. */
export function freeShare(claim: string, series: string): string {
  return `min(matrix_${claim}_volume_free_bytes{${series}} / matrix_${claim}_volume_size_bytes{${series}})`;
}

/** Returns a quantile of a histogram over five minutes. */
export function quantile(of: number, metric: string, matchers: string): string {
  return `histogram_quantile(${of}, sum by (le) (rate(${metric}_bucket{${matchers}}[5m])))`;
}

/**
 * Returns an expression that holds while an error budget is used up too fast, in a long window and still now.
 *
 * @param ratio returns the share of bad events in a window.
 * @param budget share of bad events that the objective allows, such as 0.001.
 * @see https://sre.google/workbook/alerting-on-slos/
 */
export function burns(ratio: (window: string) => string, budget: number, { long, short, factor }: Burn): string {
  const limit = Number((budget * factor).toPrecision(4));
  return `(${ratio(long)} > ${limit}) and (${ratio(short)} > ${limit})`;
}

/** What one of the two alerts has of its own. */
export interface BurnAlert {
  readonly name: string;
  readonly summary: string;
  /** PromQL that must hold too, such as that there were many requests. @default - nothing */
  readonly and?: string;
}

/** An objective of which a month's allowance is used up. */
export interface BurnAlertsProps {
  /** Share of what must be good, such as 0.999. */
  readonly objective: number;
  /** Returns the share of what was bad in a window. */
  readonly bad: (window: string) => string;
  /** The effect on people, and the objective, in sentences. */
  readonly effect: string;
  /** The alert that pages. */
  readonly fast: BurnAlert;
  /** The alert that waits. */
  readonly slow: BurnAlert;
}

/** The two alerts on an objective: its allowance for bad events is used up fast, or slowly and for long. */
export function burnAlerts({ objective, bad, effect, fast, slow }: BurnAlertsProps): Alert[] {
  const budget = Number((1 - objective).toPrecision(4));
  const both = (burning: string, and?: string) => (and ? `(${burning}) and ${and}` : burning);
  return [
    {
      name: fast.name,
      expression: both(burns(bad, budget, FAST_BURN), fast.and),
      holdsFor: Duration.minutes(2),
      severity: AlertSeverity.CRITICAL,
      summary: fast.summary,
      description: `${effect} At this rate the month's allowance is used up in two days.`,
    },
    {
      name: slow.name,
      expression: both(burns(bad, budget, SLOW_BURN), slow.and),
      holdsFor: Duration.minutes(15),
      severity: AlertSeverity.WARNING,
      summary: slow.summary,
      description: `${effect} At this rate the month's allowance is used up in five days.`,
    },
  ];
}

/** Time that a run of a CronJob may take, and that a collector may be late. */
const GRACE = Duration.hours(12);

/**
 * Returns an expression that holds while a CronJob has missed two runs, or kube-state-metrics does not tell.
 *
 * One missed run is not worth a notification.
 */
export function overdue(scope: IConstruct, cronJob: string, schedule: Schedule): string {
  const { namespace } = Chart.of(scope);
  const series = placed(namespace, `cronjob=~"${cronJob}"`);
  const last = (metric: string) => `max(${metric}{${series}})`;
  const succeeded = `(${last('kube_cronjob_status_last_successful_time')} or ${last('kube_cronjob_created')})`;
  const limit = 2 * schedule.longestGap.toSeconds() + GRACE.toSeconds();
  return `(time() - ${succeeded} > ${limit}) or absent(kube_cronjob_created{${series}})`;
}
