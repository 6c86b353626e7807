import { Duration } from 'cdk8s';
import { checkedPeriod, watchedRotations } from '../../../lib/monitoring/rules/secret-alerts';
import { selectorsIn } from '../../support/promql';

const YEAR = Duration.days(365);

it('asks when each rotation last succeeded, or when its CronJob was made', () => {
  const { alerts, ports } = watchedRotations('chart', ['a', 'b'], YEAR, 'caritas').monitored;
  expect(ports).toEqual([]);
  const asked = selectorsIn(alerts[0].expression);
  expect(new Set(asked.map(({ metric }) => metric))).toEqual(
    new Set(['kube_cronjob_status_last_successful_time', 'kube_cronjob_created']),
  );
  for (const { matchers } of asked) {
    expect(matchers).toEqual(['namespace="caritas"', 'cronjob=~"a|b"']);
  }
});

it('has no matcher for a namespace that is not known', () => {
  const [{ expression }] = watchedRotations('chart', ['a'], YEAR).monitored.alerts;
  expect(selectorsIn(expression)[0].matchers).toEqual(['cronjob=~"a"']);
});

it('fails where nothing is rotated', () => {
  expect(() => watchedRotations('chart/Monitoring', [], YEAR)).toThrow(
    '[chart/Monitoring] rules have rotateSecretsEvery',
  );
});

it('takes a day or more', () => {
  expect(checkedPeriod(undefined)).toBeUndefined();
  expect(checkedPeriod(Duration.days(1))?.toDays()).toBe(1);
  expect(() => checkedPeriod(Duration.hours(12))).toThrow('at least a day, got 0.5 days: use a duration');
});
