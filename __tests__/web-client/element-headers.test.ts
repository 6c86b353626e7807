import { elementHeaders } from '../../lib/web-client/element-headers';

const HOMESERVER = { serverName: 'example.org', publicBaseUrl: 'https://matrix.example.org' };
const policyOf = (text: string) => /Content-Security-Policy '(.*)' always/.exec(text)?.[1].replaceAll("\\'", "'") ?? '';

it('lets the page ask its own server and the homeserver only', () => {
  const policy = policyOf(elementHeaders(HOMESERVER));
  expect(policy).toContain("connect-src 'self' blob: data: https://matrix.example.org https://example.org;");
  expect([...new Set(policy.match(/https:[^ ;]*/g))]).toEqual(['https://matrix.example.org', 'https://example.org']);
});

it('lets Element Call be shown, with camera and microphone, where there is one', () => {
  const text = elementHeaders(HOMESERVER, 'https://call.example.org');
  expect(policyOf(text)).toContain("frame-src 'self' blob: data: https://call.example.org;");
  expect(text).toContain('camera=(self "https://call.example.org")');
});

it('sends every header on errors too', () => {
  const lines = elementHeaders(HOMESERVER).trim().split('\n');
  expect(lines.filter((line) => !line.endsWith(' always;'))).toEqual([]);
  expect(lines.map((line) => line.split(' ')[1])).toEqual([
    'Content-Security-Policy',
    'Permissions-Policy',
    'Referrer-Policy',
    'X-Content-Type-Options',
    'X-Frame-Options',
  ]);
});
