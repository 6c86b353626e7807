import { tokenServiceAlerts } from '../../../../lib/calls/token-service/monitored/alerts';

it('pages when people cannot join calls, and when people who left a room may stay in its call', () => {
  const alerts = tokenServiceAlerts('app="livekit-token-service"');
  expect(alerts.map(({ name, severity }) => [name, severity])).toEqual([
    ['MatrixCallTokensFailing', 'critical'],
    ['MatrixCallSweepStuck', 'critical'],
  ]);
});
