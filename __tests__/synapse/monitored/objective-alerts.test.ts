import { objectiveAlerts } from '../../../lib/synapse/monitored/objective-alerts';

const alerts = objectiveAlerts('app="matrix-synapse"');

it('burns the allowance for slow messages at 14.4 and 6 times the objective of 1 %', () => {
  const limits = alerts
    .filter(({ name }) => name.startsWith('MatrixSend'))
    .map(({ expression }) => expression.match(/> 0\.\d+/g));
  expect(limits).toEqual([
    ['> 0.144', '> 0.144'],
    ['> 0.06', '> 0.06'],
  ]);
});

it('never alerts on how long a sync takes', () => {
  for (const { expression } of alerts.filter((one) => one.expression.includes('SyncRestServlet'))) {
    expect(expression).not.toContain('_bucket');
  }
});
