import { SecretKey } from '../../lib/kubernetes/secret-key';
import { factsOf, untyped } from '../support/backup-parts';

const admin = SecretKey.fromSecretName('admin', 'password');

it('a backup holds every Secret of the system once, by name and key, except the repository password', () => {
  const { facts } = factsOf({ furtherSecrets: [admin] });
  expect(Object.keys(facts.secrets).sort()).toEqual([
    'admin/password',
    'database/backup',
    'database/password',
    'vault-identity/signing.key',
    'vault-synapse/form',
    'vault-synapse/macaroon',
    'vault-synapse/registration',
  ]);
  expect(facts.repositoryPassword).toEqual({ secretName: 'repository', key: 'password' });
});

it('earlier signing keys are optional', () => {
  expect(factsOf().facts.optionalSecrets).toEqual({});
  const oldSigningKeys = SecretKey.fromSecretName('vault-identity', 'old.yaml');
  const { facts } = factsOf({ secrets: { oldSigningKeys } });
  expect(facts.optionalSecrets).toEqual({ 'vault-identity/old.yaml': oldSigningKeys });
});

it('pods are those of the database, and may read the media of the homeserver', () => {
  const { facts } = factsOf();
  expect(facts).toMatchObject({ uid: 70, mediaGroups: [991], dataHolder: { app: 'matrix-postgres' } });
  expect([facts.managed, facts.ownDatabase?.backup.workloadName]).toEqual([undefined, 'matrix-postgres']);
});

it('pods are those of the homeserver when the database is managed elsewhere', () => {
  const { facts } = factsOf({ managed: true });
  expect(facts).toMatchObject({ uid: 991, mediaGroups: undefined, dataHolder: { app: 'matrix-synapse' } });
  expect([facts.managed, facts.ownDatabase]).toEqual([
    "the database at 'db.example.org' is managed elsewhere and backed up by its owner",
    undefined,
  ]);
  expect(Object.keys(facts.secrets)).toContain('managed/password');
});

it('the share of the database is empty when it is managed elsewhere', () => {
  const share = () => ({ steps: [untyped<never>({ name: 'copy' })], volumes: [{ name: 'data' }] });
  expect(factsOf().facts.share(share)).toEqual({ ...share(), volumeMounts: [] });
  expect(factsOf({ managed: true }).facts.share(share)).toEqual({ steps: [], volumes: [], volumeMounts: [] });
});

it('has the names of a second system', () => {
  const { facts } = factsOf({ system: { namePrefix: 'second-' } });
  expect([facts.claimName, facts.configMapName, facts.choiceName, facts.workload('backup-prune').app]).toEqual([
    'second-matrix-postgres-backup-pvc',
    'second-matrix-backup-script',
    'second-matrix-restore-choice',
    'second-matrix-backup-prune',
  ]);
  expect(facts.agentLabels).toEqual({ app: 'second-matrix-backup-agent' });
});
