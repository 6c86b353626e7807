import {
  recoveryMounts,
  repositoryContainer,
  repositoryVolumes,
  stagingMounts,
  toolsContainer,
} from '../../../lib/backups/repository/repository-container';
import { factsOf, IN_STORE, mountOf, secretsIn, valuesOf, writableIn } from '../../support/backup-parts';

const { facts } = factsOf();
const { facts: stored } = factsOf({ repository: IN_STORE });
const minimal = repositoryContainer(facts, { name: 'list', command: ['list'] });

it('minimal: a container that runs the program on the repository', () => {
  expect(minimal).toMatchObject({
    name: 'list',
    image: facts.homeserver.image,
    uid: undefined,
    command: ['python3', '-m', 'matrix_backups', 'list'],
  });
  expect(valuesOf(minimal)).toEqual({
    RESTIC_REPOSITORY: '/backup/repository',
    RESTIC_PASSWORD_FILE: '/password/repository_password',
    RESTIC_CACHE_DIR: '/tmp/cache-list',
    NAMESPACE: undefined,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
    PYTHONPATH: '/program:/program/matrix_backups',
  });
  expect(writableIn(minimal)).toEqual(['/backup', '/tmp']);
});

it('all props', () => {
  const mount = { name: 'media', mountPath: '/media', readOnly: true };
  const container = repositoryContainer(facts, {
    name: 'store',
    command: ['backup', 'store'],
    prune: true,
    uid: 991,
    resources: toolsContainer(facts).resources,
    env: [{ name: 'MORE', value: 'yes' }],
    volumeMounts: [mount],
    withToken: true,
  });
  expect(container).toMatchObject({ uid: 991, withToken: true, resources: toolsContainer(facts).resources });
  expect(container.command?.slice(3)).toEqual(['backup', 'store']);
  expect(valuesOf(container)).toEqual({ ...valuesOf(minimal), RESTIC_CACHE_DIR: '/tmp/cache-store', MORE: 'yes' });
  expect(container.volumeMounts).toEqual([...(minimal.volumeMounts ?? []), mount]);
});

it.each([
  [false, 'writer'],
  [true, 'pruner'],
])('uses the credentials that can remove backups only for pruning: %p', (prune, secret) => {
  const container = repositoryContainer(stored, { name: 'x', command: ['list'], prune });
  expect(secretsIn(container)).toEqual([secret]);
  expect(mountOf(container, '/repository-ca')).toBeDefined();
});

it('mounts the repository password as a file, and the optional confirmation that it is stored elsewhere', () => {
  const sources = (optional?: boolean) => ({ name: 'repository', ...(optional ? { optional } : {}) });
  expect(repositoryVolumes(facts)).toContainEqual({
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
  for (const one of [facts, stored]) {
    const { volumeMounts = [] } = repositoryContainer(one, { name: 'x', command: ['list'] });
    const mounted = [...volumeMounts, ...(toolsContainer(one).volumeMounts ?? [])].map(({ name }) => name);
    const volumes = repositoryVolumes(one).map(({ name }) => name);
    expect([...new Set(mounted)].sort()).toEqual(volumes.sort());
  }
});

it('takes restic from its own image, and mounts it read-only', () => {
  const tools = toolsContainer(facts);
  expect(tools).toMatchObject({ image: facts.resticImage, command: ['cp', '/usr/bin/restic', '/tools/'] });
  expect(tools.image).toMatch(/restic\/restic:/);
  expect(mountOf(minimal, '/tools')).toMatchObject({ readOnly: true });
});

it('makes the folders that steps beside PostgreSQL mount, because those that Kubernetes makes belong to root', () => {
  expect(toolsContainer(facts, 'dump').command?.at(-1)).toMatch(
    /mkdir -p \/backup\/wal \/backup\/dump \/backup\/dump.notes && : >>\/backup\/staging.lock && cp /,
  );
  expect(stagingMounts('dump').map(({ mountPath, subPath, readOnly }) => [mountPath, subPath, readOnly])).toEqual([
    ['/backup/staging.lock', 'staging.lock', undefined],
    ['/backup/wal', 'wal', true],
    ['/backup/dump', 'dump', undefined],
    ['/backup/dump.notes', 'dump.notes', undefined],
  ]);
});

it('mounts WAL of the receiver only where there is one', () => {
  expect(recoveryMounts(false).map(({ subPath }) => subPath)).toEqual(['staging.lock', 'wal']);
  expect(recoveryMounts(true).at(-1)).toMatchObject({ subPath: 'receiver', readOnly: true });
});
