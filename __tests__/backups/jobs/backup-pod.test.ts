import { backupPod, dumpPod, repositoryPod, secretsOf } from '../../../lib/backups/jobs/backup-pod';
import { besideAffinity } from '../../../lib/kubernetes/workloads/affinity';
import { backupContext, IN_STORE, mountOf, secretsIn, valuesOf } from '../../support/backups';
import { containersOf, type Manifest } from '../../support/manifests';

const { context } = backupContext({ repository: IN_STORE });
const { postgres, synapse } = context;
const pod: Manifest = backupPod(context);
const [tools, copy, store] = containersOf({ spec: pod });

const PODS: [string, Manifest][] = [
  ['of a set', pod],
  ['of a logical copy', dumpPod(context)],
  ['of a script', repositoryPod(context, 'verify', 'verify.py')],
];

describe.each(PODS)('the pod %s', (_, spec) => {
  it('runs beside the database, where the claims are, whether Synapse is up or down', () => {
    expect(spec.affinity).toEqual(besideAffinity({ app: 'matrix-postgres' }));
  });

  it('is tried anew by the Job, not by itself, and without a token', () => {
    expect([spec.restartPolicy, spec.serviceAccountName, spec.automountServiceAccountToken]).toEqual([
      'Never',
      undefined,
      false,
    ]);
  });

  it('comes to the repository as who may remove nothing', () => {
    const secrets = containersOf({ spec }).flatMap(secretsIn);
    expect(secrets).toContain('writer');
    expect(secrets).not.toContain('pruner');
  });
});

it('brings restic, copies the database, and stores the set', () => {
  expect([tools, copy, store].map(({ name }) => name)).toEqual(['tools', 'copy', 'store']);
  expect(copy.command).toEqual(['/bin/bash', '/scripts/copy-database.sh']);
  expect(copy.image).toBe(postgres.image);
  expect(store.command).toEqual(['python3', '/scripts/store-set.py']);
});

it('reads media, secrets and configuration, and can change none of them', () => {
  expect(pod.volumes).toContainEqual({
    name: 'media',
    persistentVolumeClaim: { claimName: 'matrix-synapse-data', readOnly: true },
  });
  for (const path of ['/media', '/secrets', '/config/synapse', '/config/postgres']) {
    expect(mountOf(store, path)).toMatchObject({ readOnly: true });
  }
  const writable = store.volumeMounts.filter(({ readOnly }: Manifest) => !readOnly);
  expect(writable.map(({ mountPath }: Manifest) => mountPath)).toEqual(['/backup', '/tmp']);
  expect(pod.securityContext.supplementalGroups).toEqual([synapse.uid]);
});

it('takes everything secret into the set, each once, by its Secret and key', () => {
  const { sources } = pod.volumes.find(({ name }: Manifest) => name === 'secrets').projected;
  const paths = sources.flatMap(({ secret }: Manifest) => secret.items.map(({ path }: Manifest) => path));
  expect(paths).toEqual(Object.keys(secretsOf(context)));
  expect(paths.sort()).toEqual([
    'database/backup',
    'database/password',
    'vault-identity/signing.key',
    'vault-synapse/form',
    'vault-synapse/macaroon',
    'vault-synapse/registration',
  ]);
});

it('takes the password of the administrator, and earlier signing keys when there are some', () => {
  const oldSigningKeys = { secretName: 'vault-identity', key: 'old.yaml' };
  const adminPassword = { secretName: 'admin', key: 'password' };
  const later = { ...context, adminPassword, synapse: Object.assign(Object.create(synapse), { oldSigningKeys }) };
  const spec: Manifest = backupPod(later);
  const { sources } = spec.volumes.find(({ name }: Manifest) => name === 'secrets').projected;
  const items = [{ key: 'old.yaml', path: 'vault-identity/old.yaml' }];
  expect(sources.at(-1)).toEqual({ secret: { name: 'vault-identity', items, optional: true } });
  expect(sources.slice(0, -1).every(({ secret }: Manifest) => secret.optional === undefined)).toBe(true);
  expect(sources).toContainEqual({
    secret: { name: 'admin', items: [{ key: 'password', path: 'admin/password' }] },
  });
});

it('leaves the password of the repository out of what it encrypts', () => {
  expect(Object.values(secretsOf(context))).not.toContainEqual(context.repositoryPassword);
});

it('reads the database as the role that may change nothing', () => {
  expect(valuesOf(copy)).toMatchObject({ PGHOST: 'matrix-postgres-service', PGUSER: 'backup' });
  expect(secretsIn(copy)).toEqual(['database']);
});

it('notes in the set what made it', () => {
  expect(valuesOf(store)).toMatchObject({
    SERVER_NAME: 'example.org',
    POSTGRES_IMAGE: postgres.image,
    SYNAPSE_IMAGE: synapse.image,
  });
});

it('makes a logical copy, and stores it', () => {
  const [, dump, store] = containersOf({ spec: dumpPod(context) });
  expect(dump.command).toEqual(['/bin/bash', '/scripts/dump-database.sh']);
  expect([dump.image, secretsIn(dump)]).toEqual([postgres.image, ['database']]);
  expect(store.command).toEqual(['python3', '/scripts/store-dump.py']);
});

it('runs a script as who may remove sets when it is told to', () => {
  const env = [{ name: 'KEEP_DAILY', value: '7' }];
  const [, prune] = containersOf({ spec: repositoryPod(context, 'prune', 'prune.py', env, true) });
  expect([prune.name, prune.command, secretsIn(prune)]).toEqual([
    'prune',
    ['python3', '/scripts/prune.py'],
    ['pruner'],
  ]);
  expect(prune.env).toContainEqual(env[0]);
});
