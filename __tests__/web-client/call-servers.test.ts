import { callServers } from '../../lib/web-client/call-servers';

it('are the host of the token service, also for WebSockets', () => {
  expect(callServers('https://calls.example.org/livekit/jwt')).toEqual([
    'https://calls.example.org',
    'wss://calls.example.org',
  ]);
});

it('are none without calls', () => {
  expect(callServers()).toEqual([]);
});
