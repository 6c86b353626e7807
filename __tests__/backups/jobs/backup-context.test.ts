import {
  databaseReader,
  repositoryContainer,
  repositoryVolumes,
  toolsContainer,
} from '../../../lib/backups/jobs/backup-context';
import { backupContext, IN_STORE, mountOf, secretsIn, valuesOf } from '../../support/backups';

const { context } = backupContext();
const minimal = repositoryContainer(context, { name: 'list', script: 'list-sets.py' });

it('minimal: a script on the repository, in the image of Synapse', () => {
  expect(minimal).toMatchObject({
    name: 'list',
    image: context.synapse.image,
    uid: undefined,
    command: ['python3', '/scripts/list-sets.py'],
  });
  expect(valuesOf(minimal)).toEqual({
    RESTIC_REPOSITORY: '/backup/repository',
    RESTIC_PASSWORD_FILE: '/password/repository_password',
    RESTIC_CACHE_DIR: '/tmp/cache-list',
    SERVER_NAME: 'example.org',
    NAMESPACE: undefined,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
  });
  const writable = minimal.volumeMounts?.filter(({ readOnly }) => !readOnly).map(({ mountPath }) => mountPath);
  expect(writable).toEqual(['/backup', '/tmp']);
});

it('tells the prefix of names, for the commands in its messages', () => {
  const { context: second } = backupContext({ namePrefix: 'second-' });
  expect(valuesOf(repositoryContainer(second, { name: 'list', script: 'list-sets.py' })).NAME_PREFIX).toBe('second-');
});

it('all props', () => {
  const mount = { name: 'media', mountPath: '/media', readOnly: true };
  const container = repositoryContainer(context, {
    name: 'store',
    script: 'store-set.py',
    prune: true,
    uid: 991,
    env: [{ name: 'MORE', value: 'yes' }],
    volumeMounts: [mount],
  });
  expect(container.uid).toBe(991);
  expect(valuesOf(container)).toEqual({ ...valuesOf(minimal), RESTIC_CACHE_DIR: '/tmp/cache-store', MORE: 'yes' });
  expect(container.volumeMounts).toEqual([...(minimal.volumeMounts ?? []), mount]);
});

it.each([
  [false, 'writer'],
  [true, 'pruner'],
])('comes to a store as who may remove sets only when it is to: %p', (prune, secret) => {
  const container = repositoryContainer(
    { ...context, repository: IN_STORE },
    { name: 'x', script: 'list-sets.py', prune },
  );
  expect(secretsIn(container)).toEqual([secret]);
  expect(mountOf(container, '/repository-ca')).toBeDefined();
});

it('has the password of the repository as a file, and the word that it is kept elsewhere when somebody gave it', () => {
  const sources = (optional?: boolean) => ({ name: 'repository', ...(optional ? { optional } : {}) });
  expect(repositoryVolumes(context)).toContainEqual({
    name: 'password',
    projected: {
      defaultMode: 0o440,
      sources: [
        { secret: { ...sources(), items: [{ key: 'password', path: 'repository_password' }] } },
        { secret: { ...sources(true), items: [{ key: 'escrowed', path: 'escrowed' }] } },
      ],
    },
  });
});

it('has a volume for everything that a container mounts', () => {
  for (const one of [context, { ...context, repository: IN_STORE }]) {
    const { volumeMounts = [] } = repositoryContainer(one, { name: 'x', script: 'list-sets.py' });
    const mounted = [...volumeMounts, ...(toolsContainer(one).volumeMounts ?? [])].map(({ name }) => name);
    expect([...new Set(mounted)].sort()).toEqual(
      repositoryVolumes(one)
        .map(({ name }) => name)
        .sort(),
    );
  }
});

it('takes restic from its own image, and cannot change it afterwards', () => {
  const tools = toolsContainer({ ...context, resticImage: 'example.org/restic:1' });
  expect(tools).toMatchObject({ image: 'example.org/restic:1', command: ['cp', '/usr/bin/restic', '/tools/'] });
  expect(mountOf(minimal, '/tools')).toMatchObject({ readOnly: true });
});

it('reads the database as the role that may change nothing, with its password from a Secret', () => {
  expect(databaseReader(context)).toEqual([
    { name: 'PGHOST', value: 'matrix-postgres-service' },
    { name: 'PGPORT', value: '5432' },
    { name: 'PGDATABASE', value: 'synapse' },
    { name: 'PGUSER', value: 'backup' },
    { name: 'PGREQUIREAUTH', value: 'scram-sha-256' },
    { name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'database', key: 'backup' } } },
  ]);
});
