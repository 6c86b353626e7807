import { Chart, Testing } from 'cdk8s';
import { BackupRepository } from '../../../lib/backups';
import { Peer } from '../../../lib/kubernetes/network/peer';
import { Traffic } from '../../../lib/kubernetes/network/traffic';
import { SecretKey } from '../../../lib/kubernetes/secret-key';
import { find } from '../../support/manifests';

const CREDENTIALS = {
  username: SecretKey.fromSecretName('rest', 'user'),
  password: SecretKey.fromSecretName('rest', 'password'),
};
const PRUNE = {
  username: SecretKey.fromSecretName('prune', 'user'),
  password: SecretKey.fromSecretName('prune', 'password'),
};

const S3 = BackupRepository.s3({
  endpoint: 'https://s3.example.org',
  bucket: 'matrix',
  credentials: {
    accessKeyId: SecretKey.fromSecretName('s3', 'id'),
    secretAccessKey: SecretKey.fromSecretName('s3', 'key'),
  },
});

const REST = BackupRepository.restServer({
  url: 'https://rest:8000/matrix',
  credentials: CREDENTIALS,
  pruneCredentials: PRUNE,
  pruneUrl: 'https://rest:8001/matrix',
  appendOnly: true,
  caCertificate: SecretKey.fromSecretName('rest', 'authority'),
  peer: Peer.pods({ app: 'rest' }),
});

it('is on the claim, without network or credentials', () => {
  const claim = BackupRepository.claim();
  expect(claim).toMatchObject({ onClaim: true, appendOnly: false });
  for (const prune of [false, true]) {
    expect(claim._environment(prune)).toEqual([{ name: 'RESTIC_REPOSITORY', value: '/backup/repository' }]);
  }
  expect([...claim._volumes(), ...claim._volumeMounts()]).toEqual([]);
});

it('is in a bucket', () => {
  expect(S3).toMatchObject({ onClaim: false, appendOnly: false });
  expect(S3._environment()).toEqual([
    { name: 'RESTIC_REPOSITORY', value: 's3:https://s3.example.org/matrix' },
    { name: 'AWS_ACCESS_KEY_ID', valueFrom: { secretKeyRef: { name: 's3', key: 'id' } } },
    { name: 'AWS_SECRET_ACCESS_KEY', valueFrom: { secretKeyRef: { name: 's3', key: 'key' } } },
  ]);
  expect(S3._environment(true)).toEqual(S3._environment());
  expect([...S3._volumes(), ...S3._volumeMounts()]).toEqual([]);
});

it('is behind a server, where another user removes old backups', () => {
  expect(REST).toMatchObject({ onClaim: false, appendOnly: true });
  const environment = (port: number, secret: string) => [
    { name: 'RESTIC_REPOSITORY', value: `rest:https://rest:${port}/matrix/` },
    { name: 'RESTIC_REST_USERNAME', valueFrom: { secretKeyRef: { name: secret, key: 'user' } } },
    { name: 'RESTIC_REST_PASSWORD', valueFrom: { secretKeyRef: { name: secret, key: 'password' } } },
    { name: 'RESTIC_CACERT', value: '/repository-ca/ca.crt' },
  ];
  expect(REST._environment()).toEqual(environment(8000, 'rest'));
  expect(REST._environment(true)).toEqual(environment(8001, 'prune'));
});

it('mounts the certificate of the private CA', () => {
  expect(REST._volumeMounts()).toEqual([{ name: 'repository-ca', mountPath: '/repository-ca', readOnly: true }]);
  expect(REST._volumes()).toMatchObject([
    {
      name: 'repository-ca',
      projected: { sources: [{ secret: { name: 'rest', items: [{ key: 'authority', path: 'ca.crt' }] } }] },
    },
  ]);
});

/** The connections that a policy allows for one repository. */
function egress(repository: BackupRepository, { prune = false, dns = false } = {}) {
  const chart = new Chart(Testing.app(), 'chart', { namespace: 'caritas' });
  const traffic = new Traffic(chart, 'Traffic', { app: 'backup', component: 'backup' });
  if (dns) {
    traffic.allowDns();
  }
  repository._allowFrom(traffic, prune);
  return {
    rules: find(Testing.synth(chart), 'NetworkPolicy', 'backup').spec.egress ?? [],
    names: Traffic.connections(chart).map(({ name }) => name),
  };
}

it('opens nothing for the claim', () => {
  expect(egress(BackupRepository.claim())).toEqual({ rules: [], names: [] });
});

it.each<[string, BackupRepository, boolean, object, number]>([
  ['a bucket', S3, false, { ipBlock: expect.objectContaining({ cidr: '0.0.0.0/0' }) }, 443],
  ['a server', REST, false, { podSelector: { matchLabels: { app: 'rest' } } }, 8000],
  ['a server, to remove backups', REST, true, { podSelector: { matchLabels: { app: 'rest' } } }, 8001],
])('allows pods to reach only %s and the name server', (_, repository, prune, peer, port) => {
  const { rules, names } = egress(repository, { prune });
  expect(names).toEqual(['names', 'backup repository']);
  expect(rules).toHaveLength(2);
  expect(rules[1]).toEqual({ to: [peer], ports: [{ port, protocol: 'TCP' }] });
});

it('allows pods to reach the name server once', () => {
  expect(egress(S3, { dns: true })).toEqual(egress(S3));
});
