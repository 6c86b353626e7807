import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { WorkloadLabels } from '../../kubernetes/metadata/labels';
import { placed } from '../../monitoring/expressions';
import { type Alert, AlertSeverity } from '../../monitoring/monitored';

/**
 * Alert on an update whose new pod does not get ready, which clients cannot notice: the old one goes on.
 *
 * Kubernetes itself has waited for 15 minutes then. Without kube-state-metrics it stays silent.
 */
export function updateAlert(scope: IConstruct, { app }: WorkloadLabels): Alert {
  const { namespace } = Chart.of(scope);
  const series = placed(namespace, `deployment="${app}"`, 'condition="Progressing"', 'status="false"');
  return {
    name: 'MatrixSynapseUpdateStuck',
    expression: `max(kube_deployment_status_condition{${series}}) > 0`,
    severity: AlertSeverity.WARNING,
    summary: 'An update of Synapse does not go on',
    description:
      'People notice nothing where the old pod goes on, but what was applied has no effect: the new pod is not ready.',
  };
}
