import type { S3RepositoryProps } from '../../../lib/backups';
import { s3Location } from '../../../lib/backups/repository/s3-repository';
import { Peer } from '../../../lib/kubernetes/network/peer';
import { SecretKey } from '../../../lib/kubernetes/secret-key';
import { untyped } from '../../support/backup-parts';

const user = (secretName: string) => ({
  accessKeyId: SecretKey.fromSecretName(secretName, 'id'),
  secretAccessKey: SecretKey.fromSecretName(secretName, 'secret'),
});

const MINIMAL: S3RepositoryProps = {
  endpoint: 'https://s3.example.org',
  bucket: 'matrix-backup',
  credentials: user('s3'),
};

const comes = (secretName: string) => [
  { name: 'AWS_ACCESS_KEY_ID', valueFrom: { secretKeyRef: { name: secretName, key: 'id' } } },
  { name: 'AWS_SECRET_ACCESS_KEY', valueFrom: { secretKeyRef: { name: secretName, key: 'secret' } } },
];

it('minimal', () => {
  const access = { repository: 's3:https://s3.example.org/matrix-backup', port: 443, credentials: comes('s3') };
  expect(s3Location(MINIMAL)).toEqual({
    backup: access,
    prune: access,
    appendOnly: false,
    caCertificate: undefined,
    peer: Peer.INTERNET,
  });
});

it('all props', () => {
  const props: Required<S3RepositoryProps> = {
    endpoint: 'https://minio/',
    bucket: 'backups.example.org',
    prefix: 'matrix/caritas_1',
    region: 'eu-central-1',
    credentials: user('s3'),
    pruneCredentials: user('s3-prune'),
    appendOnly: true,
    caCertificate: SecretKey.fromSecretName('minio', 'ca.crt'),
    allowPlainHttp: false,
    peer: Peer.pods({ app: 'minio' }),
    port: 9000,
  };
  const region = { name: 'AWS_DEFAULT_REGION', value: 'eu-central-1' };
  const place = { repository: 's3:https://minio/backups.example.org/matrix/caritas_1', port: 9000 };
  expect(s3Location(props)).toEqual({
    backup: { ...place, credentials: [...comes('s3'), region] },
    prune: { ...place, credentials: [...comes('s3-prune'), region] },
    appendOnly: true,
    caCertificate: props.caCertificate,
    peer: props.peer,
  });
});

it('accepts a store without TLS in the cluster', () => {
  const props = { ...MINIMAL, endpoint: 'http://minio', allowPlainHttp: true, peer: Peer.pods({ app: 'minio' }) };
  expect(s3Location(props).backup).toMatchObject({ repository: 's3:http://minio/matrix-backup', port: 80 });
});

const BUCKET = 'use 3 to 63 lower-case letters';
const PREFIX = 'such as matrix/production';

it.each<[string, object, string, string]>([
  ['the endpoint has the bucket', { endpoint: 'https://s3.example.org/matrix' }, "endpoint 'https", 'and no path'],
  ['the endpoint is plain', { endpoint: 'http://s3.example.org' }, "endpoint 'http", 'allowPlainHttp: true'],
  ['there is no bucket', { bucket: untyped(undefined) }, "bucket 'undefined'", BUCKET],
  ['the bucket is too short', { bucket: 'ab' }, "bucket 'ab'", BUCKET],
  ['the bucket is too long', { bucket: 'a'.repeat(64) }, "bucket 'aaa", BUCKET],
  ['the bucket has capitals', { bucket: 'Backup' }, "bucket 'Backup'", BUCKET],
  ['the bucket has a path', { bucket: 'backup/matrix' }, "bucket 'backup/matrix'", BUCKET],
  ['the bucket has two dots', { bucket: 'back..up' }, "bucket 'back..up'", BUCKET],
  ['the bucket ends with a hyphen', { bucket: 'backup-' }, "bucket 'backup-'", BUCKET],
  ['the bucket is an address', { bucket: '192.168.0.1' }, "bucket '192.168.0.1'", BUCKET],
  ['the prefix is empty', { prefix: '' }, "prefix ''", PREFIX],
  ['the prefix begins with a slash', { prefix: '/matrix' }, "prefix '/matrix'", PREFIX],
  ['the prefix ends with a slash', { prefix: 'matrix/' }, "prefix 'matrix/'", PREFIX],
  ['the prefix goes up', { prefix: 'matrix/../x' }, "prefix 'matrix/../x'", PREFIX],
  ['the prefix begins by going up', { prefix: '..' }, "prefix '..'", PREFIX],
  ['Kubernetes would replace a variable', { prefix: '$(HOME)' }, "prefix '$(HOME)'", PREFIX],
  ['the region has spaces', { region: 'eu central' }, "region 'eu central'", 'such as eu-central-1'],
  ['no user could remove old backups', { appendOnly: true }, 'appendOnly is true', 'use pruneCredentials'],
  [
    'both users are one',
    { appendOnly: true, pruneCredentials: user('s3') },
    "the same accessKeyId, key 'id' of Secret 's3'",
    'use pruneCredentials of another user',
  ],
  [
    'a private CA is given without TLS',
    { endpoint: 'http://s3.example.org', allowPlainHttp: true, caCertificate: SecretKey.fromSecretName('s3', 'ca') },
    "caCertificate would be ignored at 'http://s3.example.org'",
    'leave it out',
  ],
])('fails when %s', (_, props, value, remedy) => {
  const make = () => s3Location(untyped({ ...MINIMAL, ...props }));
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
  expect(make).not.toThrow('hunter2');
});
