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
  return {
    name: 'MatrixSynapseUpdateStuck',
    expression: isNot(scope, deployment, 'Progressing'),
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
    expression: isNot(scope, deployment, 'Available'),
    holdsFor: Duration.minutes(1),
    severity: AlertSeverity.CRITICAL,
    summary: 'Valkey is not there',
    description: 'Messages cannot be sent: they wait, because the processes of Synapse do not hear from one another.',
  };
}

/** Whether a condition of a Deployment does not hold. */
function isNot(scope: IConstruct, deployment: string, condition: string): string {
  const { namespace } = Chart.of(scope);
  const series = placed(namespace, `deployment="${deployment}"`, `condition="${condition}"`, 'status="false"');
  return `max(kube_deployment_status_condition{${series}}) > 0`;
}
