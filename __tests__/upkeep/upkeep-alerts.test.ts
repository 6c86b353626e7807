import { Duration } from 'cdk8s';
import { Schedule, Weekday } from '../../lib';
import { upkeepAlerts } from '../../lib/upkeep/upkeep-alerts';
import { emptyChart } from '../support/parts';

it.each([
  [Schedule.daily('01:20'), 2.5],
  [Schedule.weekly(Weekday.SUNDAY, '01:20'), 14.5],
])('waits for the second run that is missed', (schedule, days) => {
  const [{ expression, holdsFor }] = upkeepAlerts(emptyChart(), 'matrix-upkeep', schedule);
  expect(expression).toContain(`> ${Duration.days(1).toSeconds() * days})`);
  expect(holdsFor?.toMinutes()).toBe(60);
});
