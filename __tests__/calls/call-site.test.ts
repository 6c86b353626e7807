import { Peer } from '../../lib';
import { callSite } from '../../lib/calls/call-site';
import { livekitWith } from '../support/livekit';

const tokens = { host: 'livekit-token-service', port: 3010, allowFrom: () => undefined };
const { livekit, rendered } = livekitWith();
const { host, routes } = callSite('calls.example.org', livekit, tokens);

it('serves participants, and never what administers the SFU', () => {
  expect(host).toBe('calls.example.org');
  expect(routes.map(({ path, stripPrefix }) => [path, stripPrefix])).toEqual([
    ['/livekit/sfu/rtc', '/livekit/sfu'],
    ['/livekit/jwt', '/livekit/jwt'],
  ]);
});

it('connects those whom the token service lets in to the SFU', () => {
  const [{ webSockets, gate, server }] = routes;
  expect([webSockets, gate]).toEqual([true, { server: tokens, path: '/admission' }]);
  expect([server.host, server.port]).toEqual(['livekit', 7880]);
  server.allowFrom(Peer.namespace('a-place'));
  expect(JSON.stringify(rendered('NetworkPolicy', 'livekit').spec.ingress)).toContain('a-place');
});
