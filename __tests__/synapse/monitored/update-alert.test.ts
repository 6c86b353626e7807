import { Chart, Testing } from 'cdk8s';
import { updateAlert } from '../../../lib/synapse/monitored/update-alert';

const expressionIn = (namespace?: string) =>
  updateAlert(new Chart(Testing.app(), 'matrix', { namespace }), { app: 'matrix-synapse', labels: {} } as never)
    .expression;

it('looks at the Deployment in its namespace', () => {
  const series = 'deployment="matrix-synapse",condition="Progressing",status="false"';
  expect(expressionIn('caritas')).toBe(`max(kube_deployment_status_condition{namespace="caritas",${series}}) > 0`);
  expect(expressionIn()).toBe(`max(kube_deployment_status_condition{${series}}) > 0`);
});
