import { livekitAlerts } from '../../../../lib/calls/livekit/monitored/alerts';

it('pages when there are no calls, and when calls have no picture and sound', () => {
  expect(livekitAlerts('app="livekit"').map(({ name, severity }) => [name, severity])).toEqual([
    ['MatrixCallsDown', 'critical'],
    ['MatrixCallsWithoutMedia', 'critical'],
  ]);
});
