import { DatabaseTls, SecretKey } from '../../lib';

it.each([
  ['DISABLED', DatabaseTls.DISABLED, 'disable'],
  ['VERIFIED', DatabaseTls.VERIFIED, 'verify-full'],
])('%s is sslmode %s', (_, tls, mode) => {
  expect([tls.mode, tls.authority]).toEqual([mode, undefined]);
});

it('verifiedBy() is as strict, with the certificate of a private CA', () => {
  const authority = SecretKey.fromSecretName('database-ca', 'ca.crt');
  expect(DatabaseTls.verifiedBy(authority)).toMatchObject({ mode: 'verify-full', authority });
});
