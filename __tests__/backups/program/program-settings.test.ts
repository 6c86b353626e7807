import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import { programSettings } from '../../../lib/backups/program/program-settings';
import { Schedule } from '../../../lib/kubernetes/schedule';
import { SecretKey } from '../../../lib/kubernetes/secret-key';
import { factsOf } from '../../support/backup-parts';

const HOUR = 3600;
const written = (...given: Parameters<typeof factsOf>) => {
  const { facts, plan } = factsOf(...given);
  return JSON.parse(JSON.stringify(programSettings(facts, plan)));
};

it('minimal', () => {
  expect(written()).toEqual({
    serverName: 'example.org',
    namePrefix: '',
    images: { postgres: expect.stringContaining('postgres:17'), synapse: expect.stringContaining('synapse:v') },
    database: {
      host: 'matrix-postgres-service',
      port: 5432,
      name: 'synapse',
      user: 'synapse_user',
      dataPath: '/var/lib/postgresql/data',
      workload: 'matrix-postgres',
    },
    synapse: { workload: 'matrix-synapse' },
    recoveryPointObjective: 60,
    archiveTimeout: 40,
    uploadInterval: 2,
    keep: { daily: 7, weekly: 4, monthly: 3 },
    fullCheckEvery: 7,
    jobs: {
      backup: { cronJob: 'matrix-backup', maximumAge: 27 * HOUR },
      prune: { cronJob: 'matrix-backup-prune', maximumAge: 27 * HOUR },
      drill: { cronJob: 'matrix-restore-drill', maximumAge: 171 * HOUR },
      dump: { cronJob: 'matrix-backup-dump', maximumAge: 171 * HOUR },
    },
    restore: {
      signingKeys: ['vault-identity/signing.key'],
      databaseSecrets: ['database'],
      choice: 'matrix-restore-choice',
    },
    requiredSecrets: [
      'vault-identity/signing.key',
      'vault-synapse/registration',
      'vault-synapse/macaroon',
      'vault-synapse/form',
      'database/password',
      'database/backup',
    ],
    drillSecrets: {
      'signing.key': 'vault-identity/signing.key',
      registration_shared_secret: '',
      macaroon_secret_key: '',
      form_secret: '',
    },
    agentPort: 9090,
  });
});

it('all props', () => {
  const oldSigningKeys = SecretKey.fromSecretName('vault-identity', 'old.yaml');
  const settings = written(
    {
      system: { namePrefix: 'second-' },
      postgres: { database: 'matrix', user: 'matrix_user' },
      secrets: { oldSigningKeys },
      furtherSecrets: [SecretKey.fromSecretName('admin', 'password')],
    },
    {
      keep: { daily: 14 },
      fullCheckEvery: Duration.days(14),
      recoveryPointObjective: Duration.seconds(30),
      schedules: { backup: Schedule.cron('0 */6 * * *', Duration.hours(6)) },
    },
  );
  expect(settings).toMatchObject({
    namePrefix: 'second-',
    database: { host: 'second-matrix-postgres-service', name: 'matrix', user: 'matrix_user' },
    recoveryPointObjective: 30,
    archiveTimeout: 20,
    keep: { daily: 14, weekly: 4, monthly: 3 },
    fullCheckEvery: 14,
    jobs: { backup: { cronJob: 'second-matrix-backup', maximumAge: 9 * HOUR } },
    restore: {
      signingKeys: ['vault-identity/signing.key', 'vault-identity/old.yaml'],
      choice: 'second-matrix-restore-choice',
    },
  });
  expect(settings.requiredSecrets).toContain('admin/password');
  // It may be missing.
  expect(settings.requiredSecrets).not.toContain('vault-identity/old.yaml');
});

it('a restore does not change the password of a managed database, and a backup holds it', () => {
  const settings = written({ managed: true });
  expect(settings).toMatchObject({ database: null, restore: { databaseSecrets: ['managed'] } });
  expect(settings.requiredSecrets).toContain('managed/password');
  expect(settings.images).toEqual({ synapse: expect.anything() });
  expect(Object.keys(settings.jobs)).toEqual(['backup', 'prune', 'drill']);
});

it.each([[false], [true]])('are such as the program takes (managed database: %p)', (managed) => {
  const root = join(__dirname, '../../../lib');
  const env = {
    ...process.env,
    PYTHONPATH: `${root}/backups/program:${root}/python`,
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const code =
    'import json, sys; from matrix_backups import settings; print(settings.parse(json.load(sys.stdin)).server_name)';
  const input = JSON.stringify(written({ managed }));
  expect(execFileSync('python3', ['-c', code], { env, input, encoding: 'utf8' })).toBe('example.org\n');
});
