import { workerAlerts } from '../../../lib/synapse/monitored/worker-alerts';

it('minimal: there are none without workers', () => expect(workerAlerts([], 'app="m"')).toEqual([]));

it('says which worker is away, also when its series are gone', () => {
  const [{ expression, summary }] = workerAlerts(['app="a"', 'app="b"'], 'app=~"m|a|b"');
  expect(expression).toBe(
    '(sum by (app) (up{app="a"}) == 0) or absent(up{app="a"}) or (sum by (app) (up{app="b"}) == 0) or absent(up{app="b"})',
  );
  expect(summary).toContain('{{ $labels.app }}');
});

it('says which process is behind, also the main one', () => {
  const [, { expression, summary }] = workerAlerts(['app="a"'], 'app=~"m|a"');
  expect(expression).toBe(
    'sum by (app) (rate(synapse_notifier_wait_for_stream_token_timeouts_total{app=~"m|a"}[10m])) > 0',
  );
  expect(summary).toContain('{{ $labels.app }}');
});
