import { Duration } from 'cdk8s';
import { SecretKey } from '../../../../lib';
import { type S3ArchiveOptions, s3Archive } from '../../../../lib/postgres/cloud-native-pg/backup/s3-archive';

const OPTIONS: S3ArchiveOptions = {
  destination: 's3://backups',
  credentials: {
    accessKeyId: SecretKey.fromSecretName('store', 'id'),
    secretAccessKey: SecretKey.fromSecretName('store', 'key'),
  },
};

it('keeps backups of Amazon S3 for 30 days by default', () => {
  const archive = s3Archive(OPTIONS);
  expect(archive.port).toBe(443);
  expect(archive.into('first').backup?.retentionPolicy).toBe('30d');
});

it.each<[string, Partial<S3ArchiveOptions>, string]>([
  ['an address for a bucket', { destination: 'https://s3.example.org/b' }, 'is not a bucket and path'],
  ['a path in the address', { endpoint: 'https://s3.example.org/b' }, 'endpoint is not an address without a path'],
  ['an address without TLS', { endpoint: 'http://s3.example.org' }, 'would send messages unencrypted'],
  ['hours', { retention: Duration.hours(30) }, 'retention must be whole days from 1, got 1.25'],
])('fails for %s', (_, options, message) => {
  expect(() => s3Archive({ ...OPTIONS, ...options })).toThrow(message);
});
