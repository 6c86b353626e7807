import { drawn, seriesOnDashboard } from '../../lib/monitoring/panel';

it('matches a workload with and without the prefix of its system, in the chosen namespace', () => {
  expect(seriesOnDashboard('matrix-edge')).toBe('namespace="$namespace",app=~".*matrix-edge"');
});

it('leaves out what is not a number, of the whole expression', () => {
  expect(drawn('a / b')).toBe('a / b >= 0');
});
