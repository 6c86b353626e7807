import { objectiveAlerts } from '../../../lib/synthetic-user/monitored/objective-alerts';

const limits = (interval: number) =>
  objectiveAlerts('app="a"', interval).map(({ name, expression }) => [name, expression.match(/> [1-9]\d*|> 0\.\d+/g)]);

it('burns the allowances of real traffic, and waits for a third failure within the short window', () => {
  expect(limits(60)).toEqual([
    ['MatrixUnavailable', ['> 0.0144', '> 0.0144', '> 2']],
    ['MatrixUnreliable', ['> 0.006', '> 0.006', '> 4']],
    ['MatrixSendSlow', ['> 0.144', '> 0.144']],
    ['MatrixSendSlowly', ['> 0.06', '> 0.06']],
  ]);
});

it('counts more rounds when they follow sooner', () => {
  expect(limits(10)[0]).toEqual(['MatrixUnavailable', ['> 0.0144', '> 0.0144', '> 12']]);
});
