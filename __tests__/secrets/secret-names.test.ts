import { secretNames } from '../../lib/secrets/secret-names';

const SYNAPSE = {
  signingKey: { secretName: 'matrix-signing-key', key: 'signing.key' },
  registrationSharedSecret: { secretName: 'matrix-synapse-secret', key: 'registration_shared_secret' },
  macaroonSecretKey: { secretName: 'matrix-synapse-secret', key: 'macaroon_secret_key' },
  formSecret: { secretName: 'matrix-synapse-secret', key: 'form_secret' },
};

it('are those that the services of the platform read', () => {
  expect(secretNames({ database: 'synapse', user: 'synapse_user' })).toEqual({
    ...SYNAPSE,
    databasePassword: { secretName: 'matrix-postgres-secret', key: 'POSTGRES_PASSWORD' },
    backupPassword: { secretName: 'matrix-postgres-secret', key: 'BACKUP_PASSWORD' },
    repositoryPassword: { secretName: 'matrix-backup-secret', key: 'repository_password' },
  });
});

it('have one for the first administrator, where there is one', () => {
  expect(secretNames({ adminUsername: 'root' })).toEqual({
    ...SYNAPSE,
    adminPassword: { secretName: 'matrix-admin-secret', key: 'password' },
  });
});

it('leave out the database that is managed elsewhere', () => {
  expect(secretNames({})).toEqual(SYNAPSE);
});

it('begin with the prefix', () => {
  const names = Object.values(secretNames({ namePrefix: 'training-', database: 'synapse' }));
  expect([...new Set(names.map(({ secretName }) => secretName))]).toEqual([
    'training-matrix-signing-key',
    'training-matrix-synapse-secret',
    'training-matrix-postgres-secret',
    'training-matrix-backup-secret',
  ]);
});

it('fail when the prefix is too long', () => {
  const namePrefix = 'p'.repeat(50);
  expect(() => secretNames({ namePrefix })).toThrow(`namePrefix '${namePrefix}'`);
  expect(() => secretNames({ namePrefix })).toThrow(/at most \d+ characters/);
});
