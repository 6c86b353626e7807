import { ApiObject, Testing } from 'cdk8s';
import { renderService } from '../../../lib/kubernetes/network/service';

const IDENTITY = { app: 'matrix-synapse', component: 'homeserver' };

it('is a name in the cluster, whose ports lead to those of the same name', () => {
  const chart = Testing.chart();
  renderService(
    chart,
    'Service',
    IDENTITY,
    'synapse',
    { name: 'client-api', number: 80 },
    { name: 'fed', number: 8448 },
  );
  const { metadata, spec } = ApiObject.of(chart.node.findChild('Service')).toJson();
  expect(metadata).toMatchObject({ name: 'synapse', labels: { 'app.kubernetes.io/component': 'homeserver' } });
  expect(spec).toEqual({
    type: 'ClusterIP',
    selector: { app: 'matrix-synapse' },
    ports: [
      { name: 'client-api', port: 80, targetPort: 'client-api' },
      { name: 'fed', port: 8448, targetPort: 'fed' },
    ],
  });
});
