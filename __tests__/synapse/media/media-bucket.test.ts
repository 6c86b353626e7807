import { Duration, Testing } from 'cdk8s';
import { Peer, type S3MediaOptions, S3StorageClass, Schedule, SecretKey } from '../../../lib';
import { Traffic } from '../../../lib/kubernetes/network/traffic';
import {
  allowBucket,
  checkedMediaBucket,
  mediaBucketSettings,
  reservedBucket,
} from '../../../lib/synapse/media/media-bucket';
import { emptyChart, systemIn, untyped } from '../../support/parts';

const key = SecretKey.fromSecretName;
const MINIMAL: S3MediaOptions = {
  endpoint: 'https://s3.example.org',
  bucket: 'matrix-media',
  credentials: { accessKeyId: key('media', 'id'), secretAccessKey: key('media', 'key') },
};
const STORE = Peer.pods({ app: 'minio' }, 'storage');
const ALL: Required<S3MediaOptions> = {
  ...MINIMAL,
  endpoint: 'http://minio.storage/',
  prefix: 'matrix/media',
  region: 'eu-central-1',
  storageClass: S3StorageClass.INTELLIGENT_TIERING,
  caCertificate: untyped(undefined),
  allowPlainHttp: true,
  peer: STORE,
  port: 9000,
  localCopies: Duration.days(1),
  schedule: Schedule.daily('03:00'),
};

it('minimal', () => {
  const bucket = checkedMediaBucket(MINIMAL);
  expect(bucket).toMatchObject({
    address: 's3:https://s3.example.org/matrix-media',
    port: 443,
    peer: Peer.INTERNET,
    secretFiles: { media_access_key_id: key('media', 'id'), media_secret_access_key: key('media', 'key') },
  });
  expect(bucket.localCopies.toDays()).toBe(7);
  expect(bucket.schedule.expression).toBe('40 0 * * *');
  // An upload is answered once the bucket has the file.
  expect(mediaBucketSettings(bucket).media_storage_providers).toEqual([
    {
      module: 'media_bucket.MediaBucket',
      store_local: true,
      store_remote: true,
      store_synchronous: true,
      config: {
        bucket: 'matrix-media',
        endpoint_url: 'https://s3.example.org',
        prefix: '',
        storage_class: 'STANDARD',
      },
    },
  ]);
});

it('all props', () => {
  const bucket = checkedMediaBucket(ALL);
  expect(bucket).toMatchObject({
    address: 's3:http://minio.storage/matrix-media/matrix/media',
    port: 9000,
    peer: STORE,
  });
  expect(bucket.settings).toEqual({
    bucket: 'matrix-media',
    endpoint_url: 'http://minio.storage',
    prefix: 'matrix/media/',
    region_name: 'eu-central-1',
    storage_class: 'INTELLIGENT_TIERING',
  });
  const caCertificate = key('minio', 'ca.crt');
  const { secretFiles } = checkedMediaBucket({ ...ALL, endpoint: 'https://minio.storage', caCertificate });
  expect(secretFiles['media_ca.crt']).toEqual(caCertificate);
});

it.each<[string, object, string]>([
  ['the endpoint is plain', { endpoint: 'http://s3.example.org' }, 'allowPlainHttp: true'],
  ['the endpoint has the bucket', { endpoint: 'https://s3.example.org/media' }, 'and no path'],
  ['the store is in the cluster without a peer', { endpoint: 'https://minio.storage.svc' }, 'such as peer: Peer.pods('],
  ['the port has no peer', { port: 9000 }, 'port is 9000, but without a peer'],
  ['the bucket has capitals', { bucket: 'Media' }, "bucket 'Media'"],
  ['the prefix ends with a slash', { prefix: 'matrix/' }, "prefix 'matrix/'"],
  ['the region has spaces', { region: 'eu central' }, "region 'eu central'"],
  ['copies would be removed at once', { localCopies: Duration.hours(3) }, 'at least a day, got 3 hours'],
  [
    'a key is not a valid reference',
    { credentials: { ...MINIMAL.credentials, accessKeyId: { secretName: 'Media', key: 'id' } } },
    'accessKeyId of',
  ],
  [
    'a private CA is given without TLS',
    { endpoint: 'http://a.example.org', allowPlainHttp: true, caCertificate: key('a', 'b') },
    'caCertificate would be ignored',
  ],
])('fails when %s', (_, props, message) => {
  expect(() => checkedMediaBucket({ ...MINIMAL, ...props })).toThrow(message);
});

it.each([
  'ghcr.io/element-hq/synapse:v1.163.2',
  `ghcr.io/element-hq/synapse@sha256:${'0'.repeat(64)}`,
  'registry.example.org/mirror/ghcr.io/element-hq/synapse:v1.163.2',
  'docker.io/matrixdotorg/synapse:v1.163.2',
  'matrixdotorg/synapse:v1.163.2',
])('fails when the image is %s, which has no library for S3', (image) => {
  const reserved = () => reservedBucket(emptyChart(), checkedMediaBucket(MINIMAL), image);
  expect(reserved).toThrow(`the image '${image}' has no synapse-s3-storage-provider: build one by docs/how-to/media`);
});

it('fails when another homeserver uses the bucket', () => {
  const [chart, image] = [emptyChart(), 'registry.example.org/element-hq/synapse:v1.163.2'];
  expect(reservedBucket(chart, checkedMediaBucket(MINIMAL), image)).toBe('s3:https://s3.example.org/matrix-media');
  expect(reservedBucket(chart, checkedMediaBucket({ ...MINIMAL, prefix: 'second' }), image)).toContain('/second');
  expect(() => reservedBucket(chart, checkedMediaBucket(MINIMAL), image)).toThrow('its own bucket or prefix');
});

it('changes nothing for media on the claim', () => {
  const chart = emptyChart();
  expect(mediaBucketSettings(undefined)).toEqual({});
  expect(reservedBucket(chart, undefined, 'ghcr.io/element-hq/synapse:v1.163.2')).toBeUndefined();
  const traffic = new Traffic(chart, 'Traffic', systemIn(chart).labels('pong', 'pong'));
  allowBucket(traffic, undefined);
  expect(Testing.synth(chart).find(({ kind }) => kind === 'NetworkPolicy')?.spec.egress).toBeUndefined();
});
