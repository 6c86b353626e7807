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

it('is a ClusterIP Service whose ports target container ports of the same name', () => {
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

it('has no address of its own when it is headless', () => {
  const chart = Testing.chart();
  const ports = [{ name: 'client-api', number: 80 }];
  new Service(chart, 'Service', { workload: WORKLOAD, name: 'synapse', ports, headless: true });
  expect(Testing.synth(chart)[0].spec).toMatchObject({ type: 'ClusterIP', clusterIP: 'None' });
});

it('targets another port of the container when one is set', () => {
  expect(rendered({ name: 'http', number: 80, target: 'client-api' }).spec.ports).toEqual([
    { name: 'http', port: 80, targetPort: 'client-api' },
  ]);
});

it("is a NodePort Service that keeps the client's address when a node port is set", () => {
  const { spec } = rendered({ name: 'http', number: 80, nodePort: 30292 }, { name: 'admin', number: 81 });
  expect([spec.type, spec.externalTrafficPolicy]).toEqual(['NodePort', 'Local']);
  expect(spec.ports).toEqual([
    { name: 'http', port: 80, targetPort: 'http', nodePort: 30292 },
    { name: 'admin', port: 81, targetPort: 'admin' },
  ]);
});
