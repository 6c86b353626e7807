import { seriesOnDashboard } from '../../lib/monitoring/panel';

it('matches a workload with and without the prefix of its system, in the chosen namespace', () => {
  expect(seriesOnDashboard('matrix-edge')).toBe('namespace="$namespace",app=~".*matrix-edge"');
});
