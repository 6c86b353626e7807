import { Chart, Testing } from 'cdk8s';
import { updateAlert, valkeyAlert } from '../../../lib/synapse/monitored/deployment-alerts';

const place = (namespace?: string) => new Chart(Testing.app(), 'matrix', { namespace });

it('looks at the Deployment in its namespace', () => {
  const series = 'deployment="matrix-synapse",condition="Progressing",status="false"';
  const expressionIn = (namespace?: string) => updateAlert(place(namespace), 'matrix-synapse').expression;
  expect(expressionIn('caritas')).toBe(`max(kube_deployment_status_condition{namespace="caritas",${series}}) > 0`);
  expect(expressionIn()).toBe(`max(kube_deployment_status_condition{${series}}) > 0`);
});

it('asks whether Valkey is there', () => {
  expect(valkeyAlert(place(), 'matrix-valkey').expression).toBe(
    'max(kube_deployment_status_replicas_available{deployment="matrix-valkey"}) < 1',
  );
});
