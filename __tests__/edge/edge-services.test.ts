import { Testing } from 'cdk8s';
import { renderServices } from '../../lib/edge/edge-services';
import { find } from '../support/manifests';
import { emptyChart } from '../support/parts';

const WORKLOAD = { app: 'matrix-edge', component: 'edge' };

function rendered(nodePort?: number, hasSites?: boolean) {
  const chart = emptyChart();
  renderServices(chart, WORKLOAD, { host: 'clients', adminHost: 'admins', nodePort, hasSites });
  return Testing.synth(chart);
}

it('keeps the admin API at a Service of its own', () => {
  expect(find(rendered(), 'Service', 'admins').spec.ports).toEqual([
    { name: 'client-api', port: 8008, targetPort: 'admin-api' },
  ]);
});

it('opens the node port only for the client API', () => {
  const { type, ports } = find(rendered(30292), 'Service', 'clients').spec;
  expect(type).toBe('NodePort');
  expect(ports).toEqual([
    { name: 'client-api', port: 8008, targetPort: 'client-api', nodePort: 30292 },
    { name: 'federation', port: 8009, targetPort: 'federation' },
  ]);
  expect(find(rendered(30292), 'Service', 'matrix-edge').spec.type).toBe('ClusterIP');
});

it('has a port for further hosts where there are some', () => {
  const ports = (hasSites?: boolean) => find(rendered(undefined, hasSites), 'Service', 'matrix-edge').spec.ports;
  expect(ports()).toEqual([{ name: 'edge', port: 80, targetPort: 'edge' }]);
  expect(ports(true)).toEqual([
    { name: 'edge', port: 80, targetPort: 'edge' },
    { name: 'sites', port: 81, targetPort: 'sites' },
  ]);
});
