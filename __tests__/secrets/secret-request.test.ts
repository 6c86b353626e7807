import { aliasOf } from '../../lib/secrets/secret-request';

const alias = (key: string, options = {}) => aliasOf({ secretName: 'matrix-secret', key, options });

it.each([
  ['registration_shared_secret', 'registrationSharedSecret'],
  ['signing.key', 'signingKey'],
  ['POSTGRES_PASSWORD', 'postgresPassword'],
  ['old-signing-keys.yaml', 'oldSigningKeysYaml'],
  ['a__b', 'aB'],
  ['password', 'password'],
  ['key_1', 'key1'],
])('the alias of %s is %s', (key, expected) => {
  expect(alias(key)).toBe(expected);
});

it('uses the alias that the part sets', () => {
  expect(alias('POSTGRES_PASSWORD', { alias: 'databasePassword' })).toBe('databasePassword');
});
