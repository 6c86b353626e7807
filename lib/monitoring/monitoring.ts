import type { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import { AnnotationMonitoring } from './annotation-monitoring';
import type { IMonitored } from './monitored';
import type { MonitoredSystem } from './monitored-system';
import type { MonitoringOptions, PrometheusOperatorOptions } from './monitoring-options';
import { OperatorMonitoring } from './operator-monitoring';

/** How a system is watched. */
@checked
export class Monitoring {
  /**
   * By the Prometheus Operator: a PodMonitor for each port with metrics, a PrometheusRule and Probes.
   *
   * The operator's definitions must be in the cluster before these objects are applied.
   *
   * @see https://prometheus-operator.dev/docs/api-reference/api/
   */
  public static prometheusOperator(options: PrometheusOperatorOptions): Monitoring {
    const { collector, rules, dashboards, labels, interval, probes } = options;
    return new Monitoring((scope, id, { system, parts }) => {
      new OperatorMonitoring(scope, id, { system, parts, collector, rules, dashboards, labels, interval, probes });
    });
  }

  /**
   * By a Prometheus without the operator, which finds pods by the annotations `prometheus.io/scrape`, `port` and `path`.
   *
   * The alerts are a file in the ConfigMap `matrix-alerts`.
   */
  public static annotations(options: MonitoringOptions): Monitoring {
    const { collector, rules, dashboards } = options;
    return new Monitoring((scope, id, { system, parts }) => {
      new AnnotationMonitoring(scope, id, { system, parts, collector, rules, dashboards });
    });
  }

  /** Not at all: no port with metrics is open. */
  public static none(): Monitoring {
    return new Monitoring(() => undefined, false);
  }

  private constructor(
    /** @internal */
    public readonly _render: (scope: Construct, id: string, watched: MonitoredSystem) => void,
    /** Whether a collector reads metrics. */
    private readonly watches = true,
  ) {}

  /**
   * Checks that what the synthetic user measures is read.
   *
   * @throws when there is a synthetic user, and nothing watches the system.
   * @internal
   */
  public _checkReads(syntheticUser?: IMonitored): void {
    if (syntheticUser && !this.watches) {
      throw new Error(
        'syntheticUser is set, but monitoring is Monitoring.none(), so nothing would read what it measures: use ' +
          'Monitoring.prometheusOperator({…}) or Monitoring.annotations({…}), or SyntheticUser.none()',
      );
    }
  }
}
