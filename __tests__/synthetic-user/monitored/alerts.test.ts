import { LATE, syntheticUserAlerts } from '../../../lib/synthetic-user/monitored/alerts';
import { selectorsIn } from '../../support/promql';

const ALERTS = syntheticUserAlerts('app="a"');

it('looks only at the series of its own program', () => {
  for (const { expression } of ALERTS) {
    const selectors = selectorsIn(expression);
    expect(selectors.length).toBeGreaterThan(0);
    expect(selectors.filter(({ matchers }) => !matchers.includes('app="a"'))).toEqual([]);
  }
});

it('names the step that fails, and the limit that is exceeded', () => {
  const [failing, slow] = ALERTS;
  expect(failing.summary).toContain('{{ $labels.step }}');
  expect(slow.description).toContain(`later than ${LATE} seconds`);
});
