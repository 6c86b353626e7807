import { databasePasswords } from '../../lib/postgres/database-passwords';
import { ALL_SECRETS, untyped } from '../support/parts';

it('are those of both roles, by reference', () => {
  const { databasePassword, backupPassword } = ALL_SECRETS;
  expect(databasePasswords(ALL_SECRETS)).toEqual({ owner: databasePassword, backup: backupPassword });
});

it.each([
  ['databasePassword', undefined, 'needs databasePassword and backupPassword', 'MatrixSecrets.existing({...})'],
  ['backupPassword', undefined, 'needs databasePassword and backupPassword', 'MatrixSecrets.existing({...})'],
  ['databasePassword', 'hunter2', 'databasePassword was given as text', 'SecretKey.of'],
  ['backupPassword', 'hunter2', 'backupPassword was given as text', 'SecretKey.of'],
])('fails when %s is %p', (name, value, message, remedy) => {
  const make = () => databasePasswords(untyped({ ...ALL_SECRETS, [name]: value }));
  expect(make).toThrow(message);
  expect(make).toThrow(remedy);
  expect(make).not.toThrow('hunter2');
});
