import { Testing } from 'cdk8s';
import { Service, type ServicePort } from '../../../lib/kubernetes/network/service';
import { refusals } from '../../support/schemas';

const WORKLOAD = { app: 'matrix-synapse', component: 'homeserver' };

function rendered(...ports: ServicePort[]) {
  const chart = Testing.chart();
  new Service(chart, 'Service', { workload: WORKLOAD, name: 'synapse', ports });
  const [manifest] = Testing.synth(chart);
  expect(refusals(manifest)).toEqual([]);
  return manifest;
}

it('is a name in the cluster, whose ports lead to those of the same name', () => {
  const { metadata, spec } = rendered({ name: 'client-api', number: 80 }, { name: 'fed', number: 8448 });
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

it('leads to another port of the container when it is told to', () => {
  expect(rendered({ name: 'http', number: 80, target: 'client-api' }).spec.ports).toEqual([
    { name: 'http', port: 80, targetPort: 'client-api' },
  ]);
});

it('is on every node when a port asks for that, and shows pods the address of the client', () => {
  const { spec } = rendered({ name: 'http', number: 80, nodePort: 30292 }, { name: 'admin', number: 81 });
  expect([spec.type, spec.externalTrafficPolicy]).toEqual(['NodePort', 'Local']);
  expect(spec.ports).toEqual([
    { name: 'http', port: 80, targetPort: 'http', nodePort: 30292 },
    { name: 'admin', port: 81, targetPort: 'admin' },
  ]);
});
