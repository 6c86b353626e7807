import { Size } from 'cdk8s';
import { drillPod } from '../../../lib/backups/jobs/drill-pod';
import { backupContext, IN_STORE, mountOf, secretsIn, valuesOf } from '../../support/backups';
import { containersOf, type Manifest } from '../../support/manifests';

const PROPS = { name: 'matrix-restore-drill', schedule: '30 4 * * 0', storage: Size.gibibytes(20) };
const { context } = backupContext({ repository: IN_STORE });
const { postgres, synapse } = context;
const pod: Manifest = drillPod(context, PROPS);
const [, fetch, recover, database, server, check] = containersOf({ spec: pod });

const volumeOf = (name: string, spec = pod) => spec.volumes.find((volume: Manifest) => volume.name === name);

it('fetches, recovers, runs both servers and checks', () => {
  expect(containersOf({ spec: pod }).map(({ name }) => name)).toEqual([
    'tools',
    'fetch',
    'recover',
    'postgres',
    'synapse',
    'check',
  ]);
  expect(pod.containers).toHaveLength(1);
  expect(pod.restartPolicy).toBe('Never');
});

it('has no token of the cluster', () => {
  expect([pod.serviceAccountName, pod.automountServiceAccountToken]).toEqual([undefined, false]);
});

it('mounts neither the data nor the media of the running system', () => {
  const claims = pod.volumes.flatMap(({ persistentVolumeClaim }: Manifest) => persistentVolumeClaim?.claimName ?? []);
  expect(claims).toEqual(['sets']);
});

it('restores onto a volume of its own, which ends with the pod', () => {
  const { spec } = volumeOf('drill').ephemeral.volumeClaimTemplate;
  expect(spec).toMatchObject({
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: { value: '20Gi' } } },
  });
  expect(spec.storageClassName).toBeUndefined();
  const other = drillPod(context, { ...PROPS, storageClass: 'fast' });
  expect(volumeOf('drill', other).ephemeral.volumeClaimTemplate.spec.storageClassName).toBe('fast');
});

it('comes to the repository as who may remove nothing, to fetch alone', () => {
  expect(secretsIn(fetch)).toEqual(['writer']);
  for (const one of [recover, database, server, check]) {
    expect(Object.keys(valuesOf(one)).filter((name) => /^(AWS|RESTIC)_/.test(name))).toEqual([]);
  }
});

it('recovers with the image and the memory of the database', () => {
  for (const one of [recover, database]) {
    expect([one.image, one.resources.limits.memory]).toEqual([postgres.image, { value: '4Gi' }]);
  }
  expect(secretsIn(recover)).toEqual([]);
});

it('runs the Synapse of the system, with settings of the drill read last', () => {
  expect(server.image).toBe(synapse.image);
  expect(server.args).toEqual(['run', '-c', '/config/homeserver.yaml', '-c', '/scripts/drill.yaml']);
});

it('waits for both servers before it checks', () => {
  expect(database.startupProbe.exec.command[0]).toBe('pg_isready');
  expect(server.startupProbe.exec.command).toContain('http://127.0.0.1:8008/health');
});

it('asks the restored system alone', () => {
  expect(valuesOf(check)).toMatchObject({
    SYNAPSE: 'http://127.0.0.1:8008',
    DATABASE: expect.stringMatching(/^host=127\.0\.0\.1 /),
    SERVER_NAME: 'example.org',
  });
});

it('hands what was fetched on in memory alone: Secrets are among it', () => {
  expect(volumeOf('handover').emptyDir.medium).toBe('Memory');
  expect(mountOf(server, '/handover')).toBeDefined();
});
