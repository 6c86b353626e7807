import { MatrixDiscovery, MatrixEdge } from '../../../lib';
import { emptyChart, synapseIn, systemIn } from '../../support/parts';

function edge(withDiscovery: boolean) {
  const chart = emptyChart();
  const [system, homeserver] = [systemIn(chart), synapseIn(chart)];
  const discovery = withDiscovery ? new MatrixDiscovery(chart, 'Discovery', { system }) : undefined;
  return new MatrixEdge(chart, 'Edge', { system, homeserver, discovery, replicas: 3 }).monitored;
}

it('names the port of its state', () => {
  const [{ object, workload, port }] = edge(true).ports;
  expect([object.name, workload.app, port]).toEqual(['matrix-edge', 'matrix-edge', { name: 'state', number: 8404 }]);
});

it('follows the number of replicas', () => {
  expect(
    edge(true)
      .alerts.map(({ expression }) => expression)
      .join(),
  ).toContain('< 3');
});

it('watches discovery only where it is served', () => {
  const jobs = (withDiscovery: boolean) => edge(withDiscovery).probes?.map(({ job }) => job);
  expect(jobs(true)).toContain('matrix-probe-well-known-client');
  expect(jobs(false)).toEqual(['matrix-probe-versions']);
});
