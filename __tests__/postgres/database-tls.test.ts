import { DatabaseTls, SecretKey } from '../../lib';
import { untyped } from '../support/parts';

it.each([
  ['DISABLED', DatabaseTls.DISABLED, 'disable'],
  ['VERIFIED', DatabaseTls.VERIFIED, 'verify-full'],
])('%s is sslmode %s', (_, tls, mode) => {
  expect([tls.mode, tls.authority]).toEqual([mode, undefined]);
});

it('an authority of your own is checked against as strictly', () => {
  const authority = SecretKey.of('database-ca', 'ca.crt');
  expect(DatabaseTls.verifiedBy(authority)).toMatchObject({ mode: 'verify-full', authority });
});

it('fails when the certificate is given as text, without repeating it', () => {
  const verify = () => DatabaseTls.verifiedBy(untyped('-----BEGIN CERTIFICATE-----'));
  expect(verify).toThrow(/^DatabaseTls\.verifiedBy was given as text .*SecretKey\.of/);
  expect(verify).not.toThrow(/BEGIN/);
});
