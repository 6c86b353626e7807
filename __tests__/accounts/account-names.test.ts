import { checkedAdminUsername, checkedUnlimited } from '../../lib/accounts/account-names';

it.each([
  ['_bridge', 'reserved for application services'],
  ['12345', 'reserved for guests'],
])('refuses %s as adminUsername, and accepts it in unlimited', (name, why) => {
  expect(() => checkedAdminUsername(name, 'example.org')).toThrow(`adminUsername '${name}' is ${why}`);
  expect(checkedUnlimited([name], 'example.org')).toEqual([`@${name}:example.org`]);
});

it('turns local parts into user IDs, and keeps user IDs unchanged', () => {
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
    'as @name:example.org',
  ],
  ['no name', ['Agency'], "unlimited: 'Agency' is not a valid account name", 'use only lower-case letters'],
  ['empty', ['@:example.org'], "unlimited: '' is not a valid account name", 'use only lower-case letters'],
  ['named twice', ['agency', '@agency:example.org'], "'@agency:example.org' twice", 'list each account once'],
])('fails when one is %s', (_, names, value, remedy) => {
  expect(() => checkedUnlimited(names, 'example.org')).toThrow(value);
  expect(() => checkedUnlimited(names, 'example.org')).toThrow(remedy);
});
