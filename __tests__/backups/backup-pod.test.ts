import { backupPod } from '../../lib/backups/backup-pod';
import type { Manifest } from '../support/manifests';
import { emptyChart, postgresIn, synapseIn } from '../support/parts';

const chart = emptyChart();
const postgres = postgresIn(chart);
const synapse = synapseIn(chart, { postgres });
const pod: Manifest = backupPod({ postgres, synapse, keep: 7, claimName: 'sets', configMapName: 'scripts' });
const [container] = pod.containers;

it('runs beside the database, where the claims are, whether Synapse is up or down', () => {
  expect(pod.affinity).toEqual({
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'matrix-postgres' } } },
      ],
    },
  });
});

it('reads media and the signing key, and can change neither', () => {
  expect(pod.volumes).toContainEqual({
    name: 'media',
    persistentVolumeClaim: { claimName: 'matrix-synapse-data', readOnly: true },
  });
  const writable = container.volumeMounts.filter(({ readOnly }: Manifest) => !readOnly);
  expect(writable.map(({ mountPath }: Manifest) => mountPath)).toEqual(['/backup', '/tmp']);
  const { sources } = pod.volumes.find(({ name }: Manifest) => name === 'secrets').projected;
  expect(sources).toEqual([
    { secret: { name: 'vault-identity', items: [{ key: 'signing.key', path: 'signing.key' }] } },
  ]);
});

it('connects as the role that may only copy, with its password from a Secret', () => {
  expect(container.env).toEqual(
    expect.arrayContaining([
      { name: 'PGHOST', value: 'matrix-postgres-service' },
      { name: 'PGPORT', value: '5432' },
      { name: 'PGUSER', value: 'backup' },
      { name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'database', key: 'backup' } } },
    ]),
  );
});

it('notes in the set what made it', () => {
  expect(container.env).toEqual(
    expect.arrayContaining([
      { name: 'KEEP', value: '7' },
      { name: 'SERVER_NAME', value: 'example.org' },
      { name: 'POSTGRES_IMAGE', value: postgres.image },
      { name: 'SYNAPSE_IMAGE', value: synapse.image },
    ]),
  );
});

it('is tried anew by the Job, not by itself', () => {
  expect([pod.restartPolicy, pod.serviceAccountName]).toEqual(['Never', undefined]);
});
