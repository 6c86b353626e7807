import { JsonPatch, Lazy, Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import { k8s } from '../kubernetes/k8s';
import { labelsOf } from '../kubernetes/metadata/labels';
import type { MetricsPort } from './monitored';
import type { MonitoredSystem } from './monitored-system';
import type { MonitoringOptions } from './monitoring-options';
import { Rules } from './rules/rules';

/** Props of {@link AnnotationMonitoring}. */
export interface AnnotationMonitoringProps extends MonitoredSystem, MonitoringOptions {}

const POD_ANNOTATIONS = '/spec/template/metadata/annotations';

/** Annotates the pods that have metrics, lets the collector read them, and keeps the alerts in a ConfigMap. */
@checked
export class AnnotationMonitoring extends Construct {
  constructor(scope: Construct, id: string, props: AnnotationMonitoringProps) {
    super(scope, id);
    for (const part of props.parts) {
      part.allowMetricsFrom(props.collector);
      for (const port of part.monitored.ports) {
        annotate(port);
      }
    }
    this.renderRules(props);
    props.dashboards?._render?.(this, props);
  }

  private renderRules({ system, parts, rules = Rules.recommended() }: AnnotationMonitoringProps): void {
    const { _groups } = rules;
    if (!_groups) {
      return;
    }
    const workload = system.labels('matrix-alerts', 'monitoring');
    // Parts know some thresholds only at the end.
    const file = () => Yaml.stringify({ groups: _groups(this, { system, parts }, false) });
    new k8s.KubeConfigMap(this, 'Rules', {
      metadata: { name: workload.app, labels: labelsOf(workload) },
      data: Lazy.any({ produce: () => ({ [`${workload.app}.yaml`]: file() }) }),
    });
  }
}

function annotate({ object, annotations, port, path = '/metrics' }: MetricsPort): void {
  const values = { scrape: 'true', port: `${port.number}`, path };
  for (const [name, value] of Object.entries(values)) {
    object.addJsonPatch(JsonPatch.add(`${annotations ?? POD_ANNOTATIONS}/prometheus.io~1${name}`, value));
  }
}
