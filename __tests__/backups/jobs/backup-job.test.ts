import { BackupJob, backupPod } from '../../../lib/backups/jobs/backup-job';
import { SecretKey } from '../../../lib/kubernetes/secret-key';
import {
  type BackedUpSystem,
  expectOnlyEgress,
  factsOf,
  IN_STORE,
  mountOf,
  secretsIn,
  valuesOf,
  volumeOf,
  writableIn,
} from '../../support/backup-parts';
import { containersOf, type Manifest } from '../../support/manifests';

function rendered(changes: BackedUpSystem = {}) {
  const { chart, facts, plan, get, keys } = factsOf(changes);
  new BackupJob(chart, 'Backup', { facts, schedule: plan.schedules.backup });
  const get1 = (kind: string) => get(kind, 'matrix-backup');
  return { facts, keys: keys(), job: get1('CronJob'), policy: get1('NetworkPolicy').spec as Manifest };
}

const { facts } = factsOf({ repository: IN_STORE });
const pod: Manifest = backupPod(facts);
const [tools, copy, store] = containersOf({ spec: pod });
const managed: Manifest = backupPod(factsOf({ managed: true }).facts);

it('runs every night for at most six hours, with one retry', () => {
  const { keys, job } = rendered();
  expect(keys).toEqual(['NetworkPolicy matrix-backup', 'CronJob matrix-backup']);
  expect([job.spec.schedule, job.spec.suspend]).toEqual(['0 2 * * *', undefined]);
  expect(job.spec.jobTemplate.spec).toMatchObject({ activeDeadlineSeconds: 6 * 3600, backoffLimit: 1 });
});

it.each<[string, BackedUpSystem, number[]]>([
  ['the database', {}, [53, 53, 5432]],
  ['the database and a store', { repository: IN_STORE }, [53, 53, 5432, 443]],
  ['nothing', { managed: true }, []],
  ['a store only', { managed: true, repository: IN_STORE }, [53, 53, 443]],
])('connects to %s, and nothing to it', (_, changes, ports) => {
  expectOnlyEgress(rendered(changes).policy, ports);
});

it('copies restic, takes a base backup, and stores the backup', () => {
  expect([tools, copy, store].map(({ name }) => name)).toEqual(['tools', 'copy', 'store']);
  expect(copy.command).toEqual(['/bin/bash', '/program/matrix_backups/copy-database.sh']);
  expect(copy.image).toBe(facts.ownDatabase?.backup.image);
  expect(store.command).toEqual(['python3', '-m', 'matrix_backups', 'backup', 'store']);
});

it('reads media, Secrets and configuration, and can change none of them', () => {
  expect(volumeOf(pod, 'media').persistentVolumeClaim).toEqual({ claimName: 'matrix-synapse-data', readOnly: true });
  for (const path of ['/media', '/secrets', '/config/synapse', '/config/postgres']) {
    expect(mountOf(store, path)).toMatchObject({ readOnly: true });
  }
  expect(writableIn(store)).toEqual(['/backup', '/tmp']);
  expect(pod.securityContext.supplementalGroups).toEqual([facts.homeserver.uid]);
});

const sourcesOf = (spec: Manifest): Manifest[] => volumeOf(spec, 'secrets').projected.sources;

it('stores every Secret once, by its name and key', () => {
  const paths = sourcesOf(pod).flatMap(({ secret }) => secret.items.map(({ path }: Manifest) => path));
  expect(paths).toEqual(Object.keys(facts.secrets));
});

it('stores further Secrets, and earlier signing keys when there are any', () => {
  const { facts: later } = factsOf({
    secrets: { oldSigningKeys: SecretKey.fromSecretName('vault-identity', 'old.yaml') },
    furtherSecrets: [SecretKey.fromSecretName('admin', 'password')],
  });
  const sources = sourcesOf(backupPod(later));
  const items = [{ key: 'old.yaml', path: 'vault-identity/old.yaml' }];
  expect(sources.at(-1)).toEqual({ secret: { name: 'vault-identity', items, optional: true } });
  expect(sources.slice(0, -1).every(({ secret }) => secret.optional === undefined)).toBe(true);
  expect(sources).toContainEqual({ secret: { name: 'admin', items: [{ key: 'password', path: 'admin/password' }] } });
});

it('reads the database as the role that may change nothing, with its password from a Secret', () => {
  expect(copy.env).toEqual([
    { name: 'PGHOST', value: 'matrix-postgres-service' },
    { name: 'PGPORT', value: '5432' },
    { name: 'PGDATABASE', value: 'synapse' },
    { name: 'PGUSER', value: 'backup' },
    { name: 'PGREQUIREAUTH', value: 'scram-sha-256' },
    {
      name: 'PGOPTIONS',
      value: '-c search_path=pg_catalog,pg_temp -c row_security=off -c default_transaction_read_only=on',
    },
    { name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'database', key: 'backup' } } },
  ]);
});

it('puts the base backup on the claim without seeing the backups there', () => {
  expect(writableIn(copy)).toEqual(['/tmp', '/backup/staging.lock', '/backup/work', '/backup/work.notes']);
  expect(mountOf(copy, '/backup/wal')).toMatchObject({ subPath: 'wal', readOnly: true });
  expect(mountOf(copy, '/backup')).toBeUndefined();
});

it('uses the credentials that cannot remove backups', () => {
  const secrets = containersOf({ spec: pod }).flatMap(secretsIn);
  expect(secrets).toEqual(['database', 'writer']);
});

it('stores media, Secrets and configuration when the database is managed elsewhere', () => {
  const all = containersOf({ spec: managed });
  expect(all.map(({ name }) => name)).toEqual(['tools', 'store']);
  for (const path of ['/media', '/secrets', '/config/synapse']) {
    expect(mountOf(all[1], path)).toMatchObject({ readOnly: true });
  }
  expect(mountOf(all[1], '/config/postgres')).toBeUndefined();
  expect(Object.keys(valuesOf(all[1])).filter((name) => name.startsWith('PG'))).toEqual([]);
  expect(volumeOf(managed, 'postgres-config')).toBeUndefined();
});
