import { elementHeaders } from '../../lib/web-client/element-headers';

const HOMESERVER = { serverName: 'example.org', publicBaseUrl: 'https://matrix.example.org' };
const policyOf = (headers: { [name: string]: string }) => headers['Content-Security-Policy'];

it('lets the page ask its own server and the homeserver only', () => {
  const policy = policyOf(elementHeaders(HOMESERVER));
  expect(policy).toContain("connect-src 'self' blob: data: https://matrix.example.org https://example.org;");
  expect([...new Set(policy.match(/https:[^ ;]*/g))]).toEqual(['https://matrix.example.org', 'https://example.org']);
});

it('lets the Element Call within the page ask the servers of calls, where there are some', () => {
  const policy = policyOf(elementHeaders(HOMESERVER, { callServiceUrl: 'https://calls.example.org/livekit/jwt' }));
  expect(policy).toContain('https://example.org https://calls.example.org wss://calls.example.org;');
});

it('lets Element Call be shown, with camera and microphone, where there is one', () => {
  const headers = elementHeaders(HOMESERVER, { elementCallUrl: 'https://call.example.org' });
  expect(policyOf(headers)).toContain("frame-src 'self' blob: data: https://call.example.org;");
  expect(headers['Permissions-Policy']).toContain('camera=(self "https://call.example.org")');
});
