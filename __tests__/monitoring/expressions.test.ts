import { App, Chart } from 'cdk8s';
import {
  burnAlerts,
  burns,
  FAST_BURN,
  freeShare,
  quantile,
  seriesOf,
  unreachable,
} from '../../lib/monitoring/expressions';
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

const OBJECTIVE = {
  objective: 0.999,
  bad: (window: string) => `bad[${window}]`,
  effect: 'People wait.',
  fast: { name: 'Fast', summary: 'fast' },
  slow: { name: 'Slow', summary: 'slow' },
};

it('pages when the allowance is used up fast, and waits when it is used up slowly', () => {
  expect(burnAlerts(OBJECTIVE)).toMatchObject([
    {
      name: 'Fast',
      expression: '(bad[1h] > 0.0144) and (bad[5m] > 0.0144)',
      severity: 'critical',
      summary: 'fast',
      description: "People wait. At this rate the month's allowance is used up in two days.",
    },
    {
      name: 'Slow',
      expression: '(bad[6h] > 0.006) and (bad[30m] > 0.006)',
      severity: 'warning',
      summary: 'slow',
      description: "People wait. At this rate the month's allowance is used up in five days.",
    },
  ]);
  expect(burnAlerts(OBJECTIVE).map(({ holdsFor }) => holdsFor?.toMinutes())).toEqual([2, 15]);
});

it('takes a further condition for each', () => {
  const [fast, slow] = burnAlerts({ ...OBJECTIVE, fast: { ...OBJECTIVE.fast, and: '(many)' } });
  expect(fast.expression).toBe('((bad[1h] > 0.0144) and (bad[5m] > 0.0144)) and (many)');
  expect(slow.expression).not.toContain('many');
});
