import { ExistingSecrets } from '../../lib/secrets/existing-secrets';
import { EXISTING_SECRETS, untyped } from '../support/parts';

const ask = (source: ExistingSecrets, key: string, options = {}) =>
  source.secret({ secretName: 'matrix-secret', key, options });
const askOptional = (source: ExistingSecrets, key: string, options = {}) =>
  source.optionalSecret({ secretName: 'matrix-secret', key, options });

it('returns the given references by alias', () => {
  const source = new ExistingSecrets(EXISTING_SECRETS);
  expect(ask(source, 'signing.key')).toBe(EXISTING_SECRETS.signingKey);
  expect(ask(source, 'other', { alias: 'formSecret' })).toBe(EXISTING_SECRETS.formSecret);
  expect(askOptional(source, 'macaroon_secret_key')).toBe(EXISTING_SECRETS.macaroonSecretKey);
  expect(ask(source, 'registration_shared_secret')).toBe(EXISTING_SECRETS.registrationSharedSecret);
  expect(source.problems()).toEqual([]);
});

it('reports all missing secrets in one message, with an example to copy', () => {
  const source = new ExistingSecrets({ signingKey: EXISTING_SECRETS.signingKey });
  ask(source, 'signing.key');
  ask(source, 'form_secret');
  ask(source, 'password', { alias: 'adminPassword', avoidedBy: 'accounts: Accounts.none()' });
  ask(source, 'form_secret');
  const [problem, ...others] = source.problems();
  expect(others).toEqual([]);
  expect(problem).toContain('lacks formSecret, adminPassword:');
  expect(problem).toContain("formSecret: SecretKey.fromSecretName('name-of-the-secret', 'key')");
  expect(problem).toContain('or use accounts: Accounts.none()');
});

it('reports every unused secret, and lists the requested ones', () => {
  const { formSecret } = EXISTING_SECRETS;
  const source = new ExistingSecrets({ formSecret, fromSecret: formSecret, backupPassword: formSecret });
  ask(source, 'form_secret');
  askOptional(source, 'old', { alias: 'oldSigningKeys' });
  const problems = source.problems();
  expect(problems).toEqual([expect.stringContaining("'fromSecret'"), expect.stringContaining("'backupPassword'")]);
  expect(problems[0]).toContain('leave it out, or use one of formSecret, oldSigningKeys');
});

it('reports missing and unused secrets together, because one may be a misspelling', () => {
  const source = new ExistingSecrets({ fromSecret: EXISTING_SECRETS.formSecret });
  ask(source, 'form_secret');
  expect(source.problems()).toEqual([expect.stringContaining('formSecret'), expect.stringContaining("'fromSecret'")]);
});

it('does not report a missing optional secret', () => {
  const source = new ExistingSecrets({});
  expect(askOptional(source, 'old', { alias: 'oldSigningKeys' })).toBeUndefined();
  expect(source.problems()).toEqual([]);
});

it('treats an undefined secret as missing', () => {
  const source = new ExistingSecrets(untyped({ formSecret: undefined, backupPassword: undefined }));
  ask(source, 'form_secret');
  expect(source.problems().join()).toContain('lacks formSecret');
});

it('does not mistake inherited object properties for secrets', () => {
  const source = new ExistingSecrets({});
  expect(askOptional(source, 'constructor')).toBeUndefined();
});
