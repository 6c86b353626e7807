import { Chart, Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { placed } from '../../monitoring/expressions';
import { type Alert, AlertSeverity } from '../../monitoring/monitored';

/**
 * Alert on an update whose new pod does not get ready, which clients cannot notice: the old one goes on.
 *
 * Kubernetes itself has waited for 15 minutes then. Without kube-state-metrics it stays silent.
 */
export function updateAlert(scope: IConstruct, deployment: string): Alert {
  const series = seriesOf(scope, deployment, 'condition="Progressing"', 'status="false"');
  return {
    name: 'MatrixSynapseUpdateStuck',
    expression: `max(kube_deployment_status_condition{${series}}) > 0`,
    severity: AlertSeverity.WARNING,
    summary: 'An update of Synapse does not go on',
    description:
      'People notice nothing where the old pod goes on, but what was applied has no effect: the new pod is not ready.',
  };
}

/** Alert on Valkey, which has no metrics of its own. Without kube-state-metrics it stays silent. */
export function valkeyAlert(scope: IConstruct, deployment: string): Alert {
  return {
    name: 'MatrixValkeyDown',
    // A Deployment that is scaled to 0 is `Available` to Kubernetes.
    expression: `max(kube_deployment_status_replicas_available{${seriesOf(scope, deployment)}}) < 1`,
    holdsFor: Duration.minutes(1),
    severity: AlertSeverity.CRITICAL,
    summary: 'Valkey is not there',
    description: 'Messages cannot be sent: they wait, because the processes of Synapse do not hear from one another.',
  };
}

function seriesOf(scope: IConstruct, deployment: string, ...more: string[]): string {
  return placed(Chart.of(scope).namespace, `deployment="${deployment}"`, ...more);
}
