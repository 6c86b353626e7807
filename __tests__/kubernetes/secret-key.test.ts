import { Secret } from 'cdk8s-plus-27';
import { checkedSecretKey, type ISecretKey, SecretKey } from '../../lib/kubernetes/secret-key';
import { emptyChart } from '../support/parts';

const PASTED = 'Tr0ub4dor&3 correct horse';

it('references a key of a declared or imported Secret of cdk8s-plus', () => {
  const chart = emptyChart();
  const declared = new Secret(chart, 'Declared', { metadata: { name: 'declared' } });
  const imported = Secret.fromSecretName(chart, 'Imported', 'imported');
  expect([SecretKey.of(declared, 'a'), SecretKey.of(imported, 'b')]).toEqual([
    { secretName: 'declared', key: 'a' },
    { secretName: 'imported', key: 'b' },
  ]);
});

it('references a key of a Secret by its name', () => {
  expect(SecretKey.fromSecretName('matrix-postgres', 'POSTGRES_PASSWORD')).toEqual({
    secretName: 'matrix-postgres',
    key: 'POSTGRES_PASSWORD',
  });
});

it('returns a valid reference unchanged', () => {
  const reference = SecretKey.fromSecretName('a.b-c', 'some.key_1');
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
  ['has a secret for a name', { secretName: PASTED, key: 'key' }, 'password has no valid Secret name and key'],
  ['has a secret for a key', { secretName: 'name', key: PASTED }, 'password has no valid Secret name and key'],
  ['has empty parts', { secretName: '', key: '' }, 'password has no valid Secret name and key'],
  ['has a name with capitals', { secretName: 'Name', key: 'key' }, 'password has no valid Secret name and key'],
])('refuses a reference that %s, without repeating it', (_, reference, start) => {
  expect(message(reference)).toMatch(new RegExp(`^${start}`));
  expect(message(reference)).not.toContain(PASTED);
});

it('names the function in the message when the secret itself is passed', () => {
  expect(() => SecretKey.fromSecretName('matrix-postgres', PASTED)).toThrow(
    'SecretKey.fromSecretName has no valid Secret name and key',
  );
});
