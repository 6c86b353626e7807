import { type CredentialPair, checkCredentials } from '../../../lib/backups/repository/repository-credentials';
import { SecretKey } from '../../../lib/kubernetes/secret-key';

const BACKUP = [SecretKey.fromSecretName('backup', 'user'), SecretKey.fromSecretName('backup', 'password')];
const PRUNE = [SecretKey.fromSecretName('backup', 'prune-user'), SecretKey.fromSecretName('prune', 'password')];
const MINIMAL: CredentialPair = { names: ['username', 'password'], backup: BACKUP };

it.each<[string, Partial<CredentialPair>]>([
  ['minimal', {}],
  ['the same twice where all may delete', { prune: [...BACKUP] }],
  ['all props', { prune: PRUNE, appendOnly: true }],
])('accepts credentials: %s', (_, props) => {
  expect(() => checkCredentials({ ...MINIMAL, ...props })).not.toThrow();
});

it.each<[string, Partial<CredentialPair>, string, string]>([
  [
    'no user could remove old backups',
    { appendOnly: true },
    'appendOnly is true',
    'use pruneCredentials of another user',
  ],
  [
    'both are one user',
    { appendOnly: true, prune: [{ ...BACKUP[0] }, PRUNE[1]] },
    "the same username, key 'user' of Secret 'backup'",
    'use pruneCredentials of another user',
  ],
  [
    'both have one password',
    { appendOnly: true, prune: [PRUNE[0], { ...BACKUP[1] }] },
    "the same password, key 'password' of Secret 'backup'",
    'use pruneCredentials of another user',
  ],
])('fails when %s', (_, props, value, remedy) => {
  const check = () => checkCredentials({ ...MINIMAL, ...props });
  expect(check).toThrow(value);
  expect(check).toThrow(remedy);
});
