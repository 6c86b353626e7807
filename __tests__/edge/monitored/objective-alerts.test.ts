import { failedShare, objectiveAlerts } from '../../../lib/edge/monitored/objective-alerts';
import { selectorsIn } from '../../support/promql';

it('counts no probes of the kubelet', () => {
  for (const { matchers } of selectorsIn(failedShare('app="a"', '5m'))) {
    expect(matchers).toContain('proxy!="state"');
  }
});

it('burns the allowance of 0.1 % at 14.4 and 6 times', () => {
  expect(objectiveAlerts('app="a"').map(({ expression }) => expression.match(/> 0\.\d+/g))).toEqual([
    ['> 0.0144', '> 0.0144'],
    ['> 0.006', '> 0.006'],
  ]);
});
