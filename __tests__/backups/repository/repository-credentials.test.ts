import { type CredentialPair, checkCredentials } from '../../../lib/backups/repository/repository-credentials';
import { SecretKey } from '../../../lib/kubernetes/secret-key';
import { untyped } from '../../support/parts';

const BACKUP = [SecretKey.of('backup', 'user'), SecretKey.of('backup', 'password')];
const PRUNE = [SecretKey.of('backup', 'prune-user'), SecretKey.of('prune', 'password')];
const MINIMAL: CredentialPair = { names: ['username', 'password'], backup: BACKUP };

it.each<[string, Partial<CredentialPair>]>([
  ['minimal', {}],
  ['the same twice where all may delete', { prune: [...BACKUP] }],
  ['all props', { prune: PRUNE, appendOnly: true }],
])('takes credentials: %s', (_, props) => {
  expect(() => checkCredentials({ ...MINIMAL, ...props })).not.toThrow();
});

it.each<[string, Partial<CredentialPair>, string, string]>([
  ['they are text', { backup: untyped(['hunter2', 'hunter2']) }, 'credentials.username of', 'SecretKey.of'],
  ['they are missing', { backup: untyped([undefined]) }, 'credentials.username of', 'write where it is'],
  ['one is missing', { backup: BACKUP.slice(0, 1) }, 'credentials.password of the backup', 'write where it is'],
  [
    'those to prune are text',
    { prune: untyped([PRUNE[0], 'hunter2']) },
    'pruneCredentials.password of',
    'SecretKey.of',
  ],
  [
    'nobody could forget sets',
    { appendOnly: true },
    'appendOnly says',
    'write pruneCredentials, those of another user',
  ],
  [
    'both are one user',
    { appendOnly: true, prune: [{ ...BACKUP[0] }, PRUNE[1]] },
    "the same username, key 'user' of Secret 'backup'",
    'Write pruneCredentials of another user',
  ],
  [
    'both have one password',
    { appendOnly: true, prune: [PRUNE[0], { ...BACKUP[1] }] },
    "the same password, key 'password' of Secret 'backup'",
    'Write pruneCredentials of another user',
  ],
])('fails when %s', (_, props, value, remedy) => {
  const check = () => checkCredentials({ ...MINIMAL, ...props });
  expect(check).toThrow(value);
  expect(check).toThrow(remedy);
  expect(check).not.toThrow('hunter2');
});
