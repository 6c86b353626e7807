import { tokenServiceAlerts } from '../../../../lib/calls/token-service/monitored/alerts';

it('pages when nobody can join, and when those who left are not removed', () => {
  const alerts = tokenServiceAlerts('app="livekit-token-service"');
  expect(alerts.map(({ name, severity }) => [name, severity])).toEqual([
    ['MatrixCallTokensFailing', 'critical'],
    ['MatrixCallSweepStuck', 'critical'],
  ]);
});
