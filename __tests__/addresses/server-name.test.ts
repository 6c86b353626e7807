import { checkServerName, fixedAddressOf, hostOfServerName } from '../../lib/addresses/server-name';

it.each([
  'example.org',
  'matrix.example.org',
  'localhost',
  'a-b.example.org:8448',
  'xn--bcher-kva.example',
  'a'.repeat(63),
])('accepts %s', (name) => {
  expect(() => checkServerName(name)).not.toThrow();
});

it.each([
  ['', 'empty'],
  ['Example.org', 'use "example.org"'],
  ['exa mple.org', 'use "example.org"'],
  ['https://example.org', 'use "example.org"'],
  ['https://example.org/path', 'use "example.org"'],
  ['example.org/path', 'leave out paths'],
  ['@user:example.org', 'user names'],
  ['example_1.org', '"example_1"'],
  ['-example.org', 'letters a-z, digits and hyphens'],
  ['example..org', 'letters a-z, digits and hyphens'],
  ['example.org.', 'letters a-z, digits and hyphens'],
  ['bücher.example', 'xn-- form'],
  ['example.org:0', 'leave the port out'],
  ['example.org:70000', 'leave the port out'],
  ['example.org:', 'leave the port out'],
  ['192.0.2', 'use a domain'],
  ['192.0.2.1', 'use a domain'],
  ['192.0.2.1:8448', 'use a domain'],
  ['[2001:db8::1]', 'use a domain'],
  [`${'a'.repeat(60)}.`.repeat(4), 'at most 230'],
])('refuses the server name %j', (name, remedy) => {
  expect(() => checkServerName(name)).toThrow(`serverName is ${JSON.stringify(name)}, but `);
  expect(() => checkServerName(name)).toThrow(remedy);
});

it.each(['192.0.2.1', '192.0.2.1:8448', '[2001:db8::1]', '[2001:db8::1]:8448'])(
  'accepts the address %s when addresses are allowed',
  (name) => {
    expect(() => checkServerName(name, true)).not.toThrow();
  },
);

it('refuses an allowed address without brackets or with an invalid port', () => {
  expect(() => checkServerName('2001:db8::1', true)).toThrow();
  expect(() => checkServerName('192.0.2.1:x', true)).toThrow('leave the port out');
});

it('names the prop in the message, for the names of other servers', () => {
  expect(() => checkServerName('Example.org', false, 'a server')).toThrow('a server is "Example.org"');
});

it.each([
  ['example.org', 'example.org'],
  ['example.org:8448', 'example.org'],
  ['[::1]:8448', '[::1]'],
  ['[::1]', '[::1]'],
])('the host of %s is %s', (name, host) => {
  expect(hostOfServerName(name)).toBe(host);
});

it.each([
  ['example.org', undefined],
  ['example.org:8448', 'example.org:8448'],
  ['example.org:443', 'example.org:443'],
  ['192.0.2.1', '192.0.2.1:8448'],
  ['[::1]:8000', '[::1]:8000'],
])('other servers connect to %s at %s without discovery', (name, address) => {
  expect(fixedAddressOf(name)).toBe(address);
});
