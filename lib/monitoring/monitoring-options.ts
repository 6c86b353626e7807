import type { Duration } from 'cdk8s';
import type { IPeer } from '../kubernetes/network/peer';
import type { Dashboards } from './dashboards';
import type { Probes } from './probes';
import type { Rules } from './rules/rules';

/** Options of every kind of monitoring. */
export interface MonitoringOptions {
  /**
   * The pods that read the metrics, such as those of Prometheus. Only they may connect to the ports with metrics.
   *
   * With the Prometheus Operator: `Peer.pods({ 'app.kubernetes.io/name': 'prometheus' }, 'monitoring')`.
   */
  readonly collector: IPeer;
  /** The alerts. @default Rules.recommended() */
  readonly rules?: Rules;
  /** The dashboards for Grafana. @default Dashboards.none() */
  readonly dashboards?: Dashboards;
}

/** Options of `Monitoring.prometheusOperator`. */
export interface PrometheusOperatorOptions extends MonitoringOptions {
  /**
   * Labels by which Prometheus selects monitors, probes and rules.
   *
   * An installation by the chart kube-prometheus-stack takes only objects with `release: <its name>`.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };
  /** Time between two readings, a whole number of seconds. @default - that of Prometheus */
  readonly interval?: Duration;
  /** Whether the public URLs are asked from outside. @default Probes.none() */
  readonly probes?: Probes;
}
