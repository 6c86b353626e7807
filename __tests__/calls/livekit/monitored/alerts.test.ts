import { livekitAlerts } from '../../../../lib/calls/livekit/monitored/alerts';

it('pages when there are no calls, or calls without picture and sound; lost messages can wait', () => {
  expect(livekitAlerts('app="livekit"').map(({ name, severity }) => [name, severity])).toEqual([
    ['MatrixCallsDown', 'critical'],
    ['MatrixCallsWithoutMedia', 'critical'],
    ['MatrixCallWebhooksFailing', 'warning'],
  ]);
});
