import { Duration } from 'cdk8s';
import { type Administrator, type IMatrixHomeserver, SecretKey, type SyntheticUserContext } from '../../lib';
import { checkedAdministrator, checkedInterval } from '../../lib/synthetic-user/checks';
import { untyped } from '../support/parts';

const ROOT: Administrator = { username: 'root', password: SecretKey.fromSecretName('admin', 'password') };
const context = (homeserver: Partial<IMatrixHomeserver>, administrator?: Administrator) =>
  untyped<SyntheticUserContext>({ homeserver, administrator });

it('returns the administrator', () => {
  expect(checkedAdministrator(context({}, ROOT))).toBe(ROOT);
});

it('fails when accounts cannot log in with a password, and says what to do where people use OpenID Connect', () => {
  const check = () => checkedAdministrator(context({ accountsBlockedBy: 'password_config.enabled: false' }, ROOT));
  expect(check).toThrow("homeserver setting 'password_config.enabled: false' was given");
  expect(check).toThrow('Probes.blackbox for what needs no login');
});

it('fails without an administrator', () => {
  expect(() => checkedAdministrator(context({}))).toThrow('use accounts: Accounts.managed()');
});

it.each([10, 60])('accepts %p seconds', (seconds) => {
  expect(checkedInterval(Duration.seconds(seconds))).toBe(seconds);
});

it.each([9, 61, 10.5])('refuses %p seconds', (seconds) => {
  const check = () => checkedInterval(Duration.millis(seconds * 1000));
  expect(check).toThrow(`from 10 to 60, got ${seconds} s`);
});
