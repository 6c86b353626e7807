import { checkedAdminUsername, checkedLocalPart, checkedUnlimited } from '../../lib/accounts/account-names';

it('takes every character that Synapse takes', () => {
  expect(checkedLocalPart('adminUsername', 'matrix-admin_2.x=y/z+1', 'example.org')).toBe('matrix-admin_2.x=y/z+1');
});

it.each(['', 'Admin', 'two words', '@admin:example.org', 'ä'])('fails when the name is %j', (name) => {
  expect(() => checkedLocalPart('adminUsername', name, 'example.org')).toThrow(
    `adminUsername '${name}' is no name of an account`,
  );
  expect(() => checkedLocalPart('adminUsername', name, 'example.org')).toThrow('write lower-case letters');
});

it.each([
  ['_bridge', 'reserved for application services'],
  ['12345', 'reserved for guests'],
])('fails when the administrator is called %s, and takes it as an account without limits', (name, why) => {
  expect(() => checkedAdminUsername(name, 'example.org')).toThrow(`adminUsername '${name}' is ${why}`);
  expect(checkedUnlimited([name], 'example.org')).toEqual([`@${name}:example.org`]);
});

it('fails when the ID is longer than Matrix allows', () => {
  const name = 'x'.repeat(242);
  expect(checkedLocalPart('adminUsername', name, 'example.org')).toBe(name);
  expect(() => checkedLocalPart('adminUsername', `${name}x`, 'example.org')).toThrow(
    'of 256 characters: write a shorter',
  );
});

it('makes IDs of local parts, and leaves IDs as they are', () => {
  expect(checkedUnlimited(['agency', '@other:example.org:8448'], 'example.org:8448')).toEqual([
    '@agency:example.org:8448',
    '@other:example.org:8448',
  ]);
});

it.each([
  [
    'of another server',
    ['@agency:matrix.org'],
    "has '@agency:matrix.org', an account of another server",
    'write @name:example.org',
  ],
  ['no name', ['Agency'], "unlimited: 'Agency' is no name", 'write lower-case letters'],
  ['empty', ['@:example.org'], "unlimited: '' is no name", 'write lower-case letters'],
  ['named twice', ['agency', '@agency:example.org'], "'@agency:example.org' twice", 'name each account once'],
])('fails when one is %s', (_, names, value, remedy) => {
  expect(() => checkedUnlimited(names, 'example.org')).toThrow(value);
  expect(() => checkedUnlimited(names, 'example.org')).toThrow(remedy);
});
