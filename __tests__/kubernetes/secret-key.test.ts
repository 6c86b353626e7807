import { checkedSecretKey, type ISecretKey, SecretKey } from '../../lib/kubernetes/secret-key';

const PASTED = 'Tr0ub4dor&3 correct horse';

it('refers to a key of a Secret', () => {
  expect(SecretKey.of('matrix-postgres', 'POSTGRES_PASSWORD')).toEqual({
    secretName: 'matrix-postgres',
    key: 'POSTGRES_PASSWORD',
  });
});

it('returns a good reference as it is', () => {
  const reference = SecretKey.of('a.b-c', 'some.key_1');
  expect(checkedSecretKey(reference, 'password')).toBe(reference);
});

function message(reference: unknown): string {
  try {
    checkedSecretKey(reference as ISecretKey, 'password');
    return 'no failure';
  } catch (error) {
    return (error as Error).message;
  }
}

it.each<[string, unknown, string]>([
  ['is text', PASTED, 'password was given as text'],
  ['is null', null, 'password is missing'],
  ['is missing', undefined, 'password is missing'],
  ['has a secret for a name', { secretName: PASTED, key: 'key' }, 'password has no valid Secret name and key'],
  ['has a secret for a key', { secretName: 'name', key: PASTED }, 'password has no valid Secret name and key'],
  ['has no name', { key: 'key' }, 'password has no valid Secret name and key'],
  ['has no key', { secretName: 'name' }, 'password has no valid Secret name and key'],
  ['has empty parts', { secretName: '', key: '' }, 'password has no valid Secret name and key'],
  ['has a name with capitals', { secretName: 'Name', key: 'key' }, 'password has no valid Secret name and key'],
])('fails when a reference %s, and does not repeat it', (_, reference, start) => {
  expect(message(reference)).toMatch(new RegExp(`^${start}`));
  expect(message(reference)).not.toContain(PASTED);
});

it('fails when SecretKey.of is given the secret itself', () => {
  expect(() => SecretKey.of('matrix-postgres', PASTED)).toThrow('SecretKey.of has no valid Secret name and key');
});
