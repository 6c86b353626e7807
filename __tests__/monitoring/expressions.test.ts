import { App, Chart } from 'cdk8s';
import { burns, FAST_BURN, freeShare, quantile, seriesOf, unreachable } from '../../lib/monitoring/expressions';
import { selectorsIn } from '../support/promql';

const WORKLOAD = { app: 'matrix-synapse', component: 'homeserver' };

it('matches the series of one workload in one namespace', () => {
  const series = seriesOf(new Chart(new App(), 'chart', { namespace: 'caritas' }), WORKLOAD);
  expect(series).toBe('namespace="caritas",app="matrix-synapse"');
});

it('matches by workload where the chart has no namespace', () => {
  expect(seriesOf(new Chart(new App(), 'chart'), WORKLOAD)).toBe('app="matrix-synapse"');
});

it('holds while no pod answers, also when there is no pod', () => {
  expect(unreachable('app="a"')).toBe('(sum(up{app="a"}) == 0) or absent(up{app="a"})');
});

it('takes a quantile over all series of a histogram', () => {
  const expression = quantile(0.99, 'tick', 'app="a"');
  expect(selectorsIn(expression)).toEqual([{ metric: 'tick_bucket', matchers: ['app="a"'] }]);
});

it('compares both windows with the burn rate, without the noise of floating point', () => {
  expect(burns((window) => `r[${window}]`, 0.001, FAST_BURN)).toBe('(r[1h] > 0.0144) and (r[5m] > 0.0144)');
});

it('compares the free room of a claim with its size', () => {
  expect(freeShare('media', 'app="a"')).toBe(
    'min(matrix_media_volume_free_bytes{app="a"} / matrix_media_volume_size_bytes{app="a"})',
  );
});
