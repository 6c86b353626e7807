import { checkServerName } from '../../lib/addresses/server-name';

test.each([
  'example.org',
  'matrix.example.org',
  'localhost',
  'a-b.example.org:8448',
  'xn--bcher-kva.example',
  'a'.repeat(63),
])('takes %s', (name) => {
  expect(() => checkServerName(name)).not.toThrow();
});

test.each([
  ['', 'empty'],
  ['Example.org', 'write "example.org"'],
  ['exa mple.org', 'write "example.org"'],
  ['https://example.org', 'write "example.org"'],
  ['https://example.org/path', 'write "example.org"'],
  ['example.org/path', 'leave out paths'],
  ['@user:example.org', 'user names'],
  ['example_1.org', '"example_1" is no part of a host name'],
  ['-example.org', 'no part of a host name'],
  ['example..org', 'no part of a host name'],
  ['example.org.', 'no part of a host name'],
  ['bücher.example', 'xn-- form'],
  ['example.org:0', 'no port'],
  ['example.org:70000', 'no port'],
  ['example.org:', 'no port'],
  ['192.0.2.1', 'write a domain'],
  ['192.0.2.1:8448', 'write a domain'],
  ['[2001:db8::1]', 'write a domain'],
  [`${'a'.repeat(60)}.`.repeat(4), 'at most 230'],
])('fails when the name is %j', (name, remedy) => {
  expect(() => checkServerName(name)).toThrow(`server_name is ${JSON.stringify(name)}, but `);
  expect(() => checkServerName(name)).toThrow(remedy);
});

test.each(['192.0.2.1', '192.0.2.1:8448', '[2001:db8::1]', '[2001:db8::1]:8448'])(
  'takes the address %s where it is allowed',
  (name) => {
    expect(() => checkServerName(name, true)).not.toThrow();
  },
);

test('fails when an allowed address has no brackets or no port', () => {
  expect(() => checkServerName('2001:db8::1', true)).toThrow();
  expect(() => checkServerName('192.0.2.1:x', true)).toThrow('no port');
});
