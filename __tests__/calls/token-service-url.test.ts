import { tokenServiceUrl } from '../../lib/calls/token-service-url';

it('is below the host of calls', () => {
  expect(tokenServiceUrl('calls.example.org')).toBe('https://calls.example.org/livekit/jwt');
});
