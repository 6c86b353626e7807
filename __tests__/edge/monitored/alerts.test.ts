import { edgeAlerts } from '../../../lib/edge/monitored/alerts';

const names = (replicas: number, discovery: boolean) =>
  edgeAlerts('app="matrix-edge"', replicas, discovery).map(({ name }) => name);

it('misses a proxy below the number of replicas, where there are several', () => {
  const [degraded] = edgeAlerts('app="matrix-edge"', 3, true).filter(({ name }) => name === 'MatrixEdgeDegraded');
  expect(degraded.expression).toBe('sum(up{app="matrix-edge"}) < 3');
  expect(names(1, true)).not.toContain('MatrixEdgeDegraded');
});

it('watches discovery only where it is served', () => {
  expect(names(2, true)).toContain('MatrixDiscoveryFailing');
  expect(names(2, false)).not.toContain('MatrixDiscoveryFailing');
});
