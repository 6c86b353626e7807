import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failedSteps, lateShare, stepsFailing } from '../../../lib/synthetic-user/monitored/expressions';
import { selectorsIn } from '../../support/promql';

const PROGRAM = readFileSync(join(__dirname, '../../../lib/synthetic-user/program/step_metrics.py'), 'utf8');
const SERIES = 'app="a"';

it('counts only the series of the synthetic user', () => {
  for (const expression of [stepsFailing(SERIES), failedSteps(SERIES, '1h'), lateShare('send', '1.0', SERIES, '1h')]) {
    const selectors = selectorsIn(expression);
    expect(selectors.length).toBeGreaterThan(1);
    for (const { metric, matchers } of selectors) {
      expect(matchers).toContain(SERIES);
      expect(PROGRAM).toContain(metric.replace(/_(bucket|count)$/, ''));
    }
  }
});

it('asks for bounds that the histogram has', () => {
  const [, bounds] = /^BUCKETS = \((.*)\)$/m.exec(PROGRAM) ?? [];
  expect(bounds.split(', ')).toEqual(expect.arrayContaining(['1.0', '2.5']));
});
