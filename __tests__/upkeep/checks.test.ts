import { Duration } from 'cdk8s';
import { type Administrator, type IMatrixHomeserver, SecretKey, type UpkeepContext } from '../../lib';
import { checkedAdministrator, checkedAge } from '../../lib/upkeep/checks';
import { untyped } from '../support/parts';

const ROOT: Administrator = { username: 'root', password: SecretKey.fromSecretName('admin', 'password') };
const context = (homeserver: Partial<IMatrixHomeserver>, administrator?: Administrator) =>
  untyped<UpkeepContext>({ homeserver, administrator });

it('returns the administrator', () => {
  expect(checkedAdministrator(context({}, ROOT))).toBe(ROOT);
});

it('fails when the administrator cannot log in with a password', () => {
  const check = () => checkedAdministrator(context({ accountsBlockedBy: 'password_config.enabled: false' }, ROOT));
  expect(check).toThrow("homeserver setting 'password_config.enabled: false' was given");
  expect(check).toThrow('or upkeep: Upkeep.none()');
});

it('fails without an administrator', () => {
  expect(() => checkedAdministrator(context({}))).toThrow('use accounts: Accounts.managed()');
});

it('takes a day or more', () => {
  expect(checkedAge(Duration.days(1))).toBe(86_400);
  expect(checkedAge(Duration.days(90))).toBe(7_776_000);
  expect(() => checkedAge(Duration.hours(12))).toThrow('at least a day, got 0.5 days: use a duration');
});
