import { type Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import {
  PodMonitor,
  type PodMonitorSpecPodMetricsEndpoints,
  PodMonitorSpecPodMetricsEndpointsRelabelingsAction,
  Probe,
  PrometheusRule,
  PrometheusRuleSpecGroupsRulesExpr,
} from '../../imports/monitoring.coreos.com';
import { checked } from '../kubernetes/checks/checked';
import { labelsOf, selectorLabels } from '../kubernetes/metadata/labels';
import type { MetricsPort, ProbedUrl } from './monitored';
import type { MonitoredSystem } from './monitored-system';
import type { PrometheusOperatorOptions } from './monitoring-options';
import { Probes } from './probes';
import { Rules } from './rules/rules';

/** Props of {@link OperatorMonitoring}. */
export interface OperatorMonitoringProps extends MonitoredSystem, PrometheusOperatorOptions {}

/** The objects by which the Prometheus Operator finds the metrics, the alerts and the public URLs of a system. */
@checked
export class OperatorMonitoring extends Construct {
  private readonly props: OperatorMonitoringProps;
  private readonly interval?: string;

  constructor(scope: Construct, id: string, props: OperatorMonitoringProps) {
    super(scope, id);
    this.props = props;
    this.interval = props.interval && seconds(props.interval);
    for (const part of props.parts) {
      part.allowMetricsFrom(props.collector);
      for (const port of part.monitored.ports) {
        this.renderMonitor(port);
      }
      for (const probe of part.monitored.probes ?? []) {
        this.renderProbe(probe);
      }
    }
    this.renderRules();
    props.dashboards?._render?.(this, props);
  }

  private renderMonitor({ workload, port, path }: MetricsPort): void {
    const endpoint: PodMonitorSpecPodMetricsEndpoints = {
      port: port.name,
      path,
      interval: this.interval,
      // Synapse's own dashboard needs a number for each process of a kind.
      // The action is the default, which GitOps tools would otherwise see as a difference.
      relabelings: [
        { action: PodMonitorSpecPodMetricsEndpointsRelabelingsAction.REPLACE, targetLabel: 'index', replacement: '1' },
      ],
    };
    new PodMonitor(this, `Monitor ${workload.app}`, {
      metadata: this.metadata(workload.app, workload.component),
      spec: {
        jobLabel: 'app',
        podTargetLabels: ['app'],
        selector: { matchLabels: selectorLabels(workload) },
        podMetricsEndpoints: [endpoint],
      },
    });
  }

  private renderProbe({ job, url }: ProbedUrl): void {
    const { _prober } = this.props.probes ?? Probes.none();
    if (!_prober) {
      return;
    }
    new Probe(this, `Probe ${job}`, {
      metadata: this.metadata(job, 'monitoring'),
      spec: {
        jobName: job,
        interval: this.interval,
        module: _prober.module,
        prober: { url: _prober.address },
        targets: { staticConfig: { static: [url] } },
      },
    });
  }

  private renderRules(): void {
    const { system, parts, rules = Rules.recommended(), probes } = this.props;
    const { _groups } = rules;
    if (!_groups) {
      return;
    }
    // Parts know some thresholds only at the end.
    const groups = () =>
      _groups(this, { system, parts }, Boolean(probes?._prober)).map(({ name, rules: all }) => ({
        name,
        rules: all.map((rule) => ({ ...rule, expr: PrometheusRuleSpecGroupsRulesExpr.fromString(rule.expr) })),
      }));
    new PrometheusRule(this, 'Rules', {
      metadata: this.metadata(system.objectName('matrix-alerts'), 'monitoring'),
      spec: { groups: Lazy.any({ produce: groups }) },
    });
  }

  private metadata(name: string, component: string) {
    const { system, labels } = this.props;
    return { name, labels: { ...labels, ...labelsOf({ app: name, component, namePrefix: system.namePrefix }) } };
  }
}

function seconds(interval: Duration): string {
  const count = interval.toSeconds({ integral: false });
  if (!Number.isInteger(count) || count < 1) {
    throw new Error(
      `interval must be whole seconds from 1, got ${count} s: use a duration such as Duration.seconds(30)`,
    );
  }
  return `${count}s`;
}
