import { workerAlerts } from '../../../lib/synapse/monitored/worker-alerts';

it('minimal: there are none without workers', () => expect(workerAlerts([])).toEqual([]));

it('says which worker is away, also when its series are gone', () => {
  const [{ expression, summary }] = workerAlerts(['app="a"', 'app="b"']);
  expect(expression).toBe(
    '(sum by (app) (up{app="a"}) == 0) or absent(up{app="a"}) or (sum by (app) (up{app="b"}) == 0) or absent(up{app="b"})',
  );
  expect(summary).toContain('{{ $labels.app }}');
});
