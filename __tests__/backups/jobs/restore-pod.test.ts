import { restorePod } from '../../../lib/backups/jobs/restore-pod';
import { nearAffinity } from '../../../lib/kubernetes/workloads/affinity';
import { backupContext, IN_STORE, mountOf, secretsIn, valuesOf } from '../../support/backups';
import { containersOf, type Manifest } from '../../support/manifests';

const { context } = backupContext({ repository: IN_STORE });
const { postgres, synapse } = context;
const pod: Manifest = restorePod(context, 'matrix-restore', 'matrix-restore-choice');
const [check, tools, fetch, database, media, finish] = containersOf({ spec: pod });

it('goes through its steps one after another, and stops at the first that fails', () => {
  const names = ['check', 'tools', 'fetch', 'database', 'media'];
  expect(pod.initContainers.map(({ name }: Manifest) => name)).toEqual(names);
  expect(pod.containers.map(({ name }: Manifest) => name)).toEqual(['finish']);
  expect([pod.restartPolicy, pod.serviceAccountName]).toEqual(['Never', 'matrix-restore']);
});

it('looks first whether Synapse and the database are down', () => {
  expect(check.command.slice(1)).toEqual(['/scripts/restore-check.py', 'matrix-synapse', 'matrix-postgres']);
  expect(mountOf(check, '/backup')).toBeUndefined();
});

it('speaks to Kubernetes in its first and last step alone', () => {
  const withToken = [check, tools, fetch, database, media, finish].map((one) =>
    mountOf(one, '/var/run/secrets/kubernetes.io/serviceaccount'),
  );
  expect(withToken.map((mount) => mount !== undefined)).toEqual([true, false, false, false, false, true]);
});

it('fetches the set to the volume of the database, as who may remove nothing', () => {
  expect(fetch.command).toEqual(['python3', '/scripts/fetch-restore.py']);
  expect(fetch.env).toContainEqual({ name: 'VOLUME', value: postgres.dataPath });
  for (const one of [tools, fetch, media]) {
    expect(secretsIn(one)).not.toContain('pruner');
  }
  expect(secretsIn(fetch)).toEqual(['writer']);
});

it('recovers with the memory and configuration of the database', () => {
  expect(database.resources.limits.memory).toEqual({ value: '4Gi' });
  expect(mountOf(database, '/etc/postgresql')).toMatchObject({ name: 'postgres-config', readOnly: true });
  expect(pod.volumes).toContainEqual({
    name: 'postgres-storage',
    persistentVolumeClaim: { claimName: postgres.dataClaimName },
  });
});

it('takes the choice from a ConfigMap that may be missing: then the newest set, to the end', () => {
  expect(mountOf(fetch, '/choice')).toEqual({ name: 'choice', mountPath: '/choice', readOnly: true });
  expect(pod.volumes).toContainEqual({ name: 'choice', configMap: { name: 'matrix-restore-choice', optional: true } });
});

it('needs no password of the database: PostgreSQL has those of this cluster from its Secrets', () => {
  expect(secretsIn(database)).toEqual([]);
  expect(database.env).toContainEqual({ name: 'DATABASE_NAME', value: 'synapse' });
});

it('knows where a rotation keeps the signing keys of before', () => {
  const oldSigningKeys = { secretName: 'vault-identity', key: 'old.yaml' };
  const later = { ...context, synapse: Object.assign(Object.create(synapse), { oldSigningKeys }) };
  const [command] = restorePod(later, 'matrix-restore', 'choice').containers.map((one) => one.command ?? []);
  expect(command[2]).toBe('vault-identity/signing.key,vault-identity/old.yaml');
});

it('knows where the synchronous receiver is, and takes no claim of another node', () => {
  expect(valuesOf(database)).not.toHaveProperty('RECEIVER');
  const spec: Manifest = restorePod({ ...context, receiverName: 'received' }, 'matrix-restore', 'choice');
  const [, , , step] = containersOf({ spec });
  expect(valuesOf(step)).toMatchObject({ RECEIVER: 'received', AGENT: 'agent' });
  expect(spec.volumes).toEqual(restorePod(context, 'matrix-restore', 'choice').volumes);
});

it('goes to the node of the agent, which holds the backup claim', () => {
  expect(pod.affinity).toEqual(nearAffinity({ app: 'agent' }));
});

it('puts the media back as their owner', () => {
  expect(media.securityContext).toMatchObject({ runAsUser: 991, runAsGroup: 991 });
  expect(mountOf(media, '/data').name).toBe('synapse-data');
});

it('brings Secrets back in the end, and gives the database free', () => {
  expect(finish.command.slice(2)).toEqual([
    'vault-identity/signing.key',
    'database',
    'matrix-restore-choice',
    '/var/lib/postgresql/data/restore-in-progress',
    '/backup/predecessors',
    '/backup/receiver',
  ]);
  expect(mountOf(finish, '/backup')).toEqual({ name: 'backup', mountPath: '/backup' });
  expect(finish.image).toBe(synapse.image);
});

it('hands Secrets from step to step in memory alone', () => {
  expect(pod.volumes).toContainEqual({ name: 'handover', emptyDir: expect.objectContaining({ medium: 'Memory' }) });
});
