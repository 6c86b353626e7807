import { Duration, Testing } from 'cdk8s';
import { ImageSource, MediaStorage, Peer, type S3MediaOptions, Schedule, SecretKey, Workers } from '../../../lib';
import { containersOf, find, keyOf, type Manifest } from '../../support/manifests';
import { emptyChart, synapseIn, systemIn } from '../../support/parts';

const IMAGE = 'registry.example.org/synapse-s3:v1.163.2';
const key = SecretKey.fromSecretName;

function rendered(options: Partial<S3MediaOptions> = {}, workers?: Workers) {
  const chart = emptyChart();
  const system = systemIn(chart, { images: ImageSource.upstream({ replacements: { synapse: IMAGE } }) });
  const media = MediaStorage.s3({
    endpoint: 'https://minio.storage:9000',
    bucket: 'media',
    credentials: { accessKeyId: key('media', 'id'), secretAccessKey: key('media', 'key') },
    peer: Peer.pods({ app: 'minio' }, 'storage'),
    ...options,
  });
  const synapse = synapseIn(chart, { system, media, workers });
  const manifests: Manifest[] = Testing.synth(chart);
  const reaches = (name: string) =>
    JSON.stringify(find(manifests, 'NetworkPolicy', name).spec.egress).includes('"app":"minio"');
  return { synapse, manifests, reaches };
}

it('removes old copies from the claim, on the node of Synapse', () => {
  const { manifests, reaches } = rendered();
  expect(manifests.map(keyOf).filter((name) => name.endsWith('matrix-media-offload'))).toEqual([
    'NetworkPolicy matrix-media-offload',
    'ConfigMap matrix-media-offload',
    'CronJob matrix-media-offload',
  ]);
  const { schedule, jobTemplate } = find(manifests, 'CronJob', 'matrix-media-offload').spec;
  const pod = jobTemplate.spec.template.spec;
  expect(schedule).toBe('40 0 * * *');
  expect(pod.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchLabels).toEqual({
    app: 'matrix-synapse',
  });
  expect(containersOf(jobTemplate.spec.template)[0]).toMatchObject({ image: IMAGE });
  expect(pod.volumes).toContainEqual({
    name: 'synapse-data',
    persistentVolumeClaim: { claimName: 'matrix-synapse-data' },
  });
  const { 'settings.json': settings, ...programs } = find(manifests, 'ConfigMap', 'matrix-media-offload').data;
  expect(Object.keys(programs)).toEqual(['offload.py', 's3_login.py']);
  expect(JSON.parse(settings)).toEqual({
    address: 's3:https://minio.storage:9000/media',
    bucket: 'media',
    endpoint_url: 'https://minio.storage:9000',
    prefix: '',
    storage_class: 'STANDARD',
    store: '/data/media_store',
    secretsFolder: '/secrets',
    keepFor: 604_800,
  });
  expect([reaches('matrix-media-offload'), reaches('matrix-synapse')]).toEqual([true, true]);
});

it('follows the options', () => {
  const { manifests } = rendered({ localCopies: Duration.days(2), schedule: Schedule.daily('04:10'), prefix: 'a' });
  expect(find(manifests, 'CronJob', 'matrix-media-offload').spec.schedule).toBe('10 4 * * *');
  const settings = JSON.parse(find(manifests, 'ConfigMap', 'matrix-media-offload').data['settings.json']);
  expect(settings).toMatchObject({ keepFor: 172_800, prefix: 'a/' });
});

it('leaves the bucket to the workers for media, where there are some', () => {
  const { reaches } = rendered({}, Workers.of({ media: 1, background: true }));
  const processes = ['matrix-synapse', 'matrix-synapse-media', 'matrix-synapse-background'];
  expect(processes.map(reaches)).toEqual([false, true, false]);
});

it('gives the keys of the bucket to no worker that stores no media', () => {
  const { manifests } = rendered({ caCertificate: key('media', 'ca.crt') }, Workers.of({ media: 1, background: true }));
  const files = (kind: string, name: string) =>
    JSON.stringify(find(manifests, kind, name).spec.template.spec.volumes).match(/"media_[^"]+"/g);
  const all = ['"media_access_key_id"', '"media_secret_access_key"', '"media_ca.crt"'];
  expect(files('Deployment', 'matrix-synapse')).toEqual(all);
  expect(files('StatefulSet', 'matrix-synapse-media')).toEqual(all);
  expect(files('StatefulSet', 'matrix-synapse-background')).toBeNull();
});

it('gives Synapse the storage provider and the Secrets, and puts no secret into its settings', () => {
  const { manifests, synapse } = rendered();
  const { data } = find(manifests, 'ConfigMap', synapse.configMapName);
  expect(Object.keys(data)).toEqual(expect.arrayContaining(['media_bucket.py', 's3_login.py']));
  expect(data['homeserver.yaml']).toContain('media_bucket.MediaBucket');
  expect(data['homeserver.yaml']).not.toContain('access_key');
  expect(synapse.mediaBucket).toBe('s3:https://minio.storage:9000/media');
  expect(synapse.secretFiles).toMatchObject({ media_access_key_id: key('media', 'id') });
  expect(synapse.monitored.alerts.map(({ name }) => name)).toContain('MatrixMediaBucketFailing');
});

it('is absent where media are on the claim', () => {
  const chart = emptyChart();
  const synapse = synapseIn(chart);
  const manifests: Manifest[] = Testing.synth(chart);
  expect(manifests.filter((one) => keyOf(one).includes('media-offload'))).toEqual([]);
  expect(Object.keys(find(manifests, 'ConfigMap', synapse.configMapName).data)).not.toContain('media_bucket.py');
  expect(synapse.monitored.alerts.map(({ name }) => name)).not.toContain('MatrixMediaBucketFailing');
});
