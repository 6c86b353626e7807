import { elementCallHeaders } from '../../../lib/web-client/call-client/element-call-headers';

const FACTS = {
  serverName: 'example.org',
  publicBaseUrl: 'https://matrix.example.org',
  serviceUrl: 'https://calls.example.org/livekit/jwt',
};
const headers = elementCallHeaders(FACTS, ['https://element.example.org', 'https://platform.example.org']);
const policy = headers['Content-Security-Policy'];

it('lets the page ask the server, the token service and the SFU only', () => {
  expect(policy).toContain(
    "connect-src 'self' https://matrix.example.org https://example.org https://calls.example.org wss://calls.example.org;",
  );
  expect(policy).toContain("default-src 'none';");
});

it('lets only the clients show it', () => {
  expect(policy).toContain('frame-ancestors https://element.example.org https://platform.example.org;');
});

it('leaves camera and microphone to the page', () => {
  expect(headers['Permissions-Policy']).toContain('camera=(self), microphone=(self)');
});
