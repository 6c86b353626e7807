import { BackupRepository, Peer, SecretKey, Traffic } from '../../../lib';
import { emptyChart, renderedIn } from '../../support/parts';

const CREDENTIALS = { username: SecretKey.of('rest', 'user'), password: SecretKey.of('rest', 'password') };
const PRUNE = { username: SecretKey.of('prune', 'user'), password: SecretKey.of('prune', 'password') };

const S3 = BackupRepository.s3({
  endpoint: 'https://s3.example.org',
  bucket: 'matrix',
  credentials: { accessKeyId: SecretKey.of('s3', 'id'), secretAccessKey: SecretKey.of('s3', 'key') },
});

const REST = BackupRepository.restServer({
  url: 'https://rest:8000/matrix',
  credentials: CREDENTIALS,
  pruneCredentials: PRUNE,
  pruneUrl: 'https://rest:8001/matrix',
  appendOnly: true,
  caCertificate: SecretKey.of('rest', 'authority'),
  peer: Peer.pods({ app: 'rest' }),
});

it('is on the claim, and needs nothing there', () => {
  const claim = BackupRepository.claim();
  expect(claim).toMatchObject({ onClaim: true, appendOnly: false });
  for (const prune of [false, true]) {
    expect(claim.environment(prune)).toEqual([{ name: 'RESTIC_REPOSITORY', value: '/backup/repository' }]);
  }
  expect([...claim.volumes(), ...claim.volumeMounts()]).toEqual([]);
});

it('is in a bucket', () => {
  expect(S3).toMatchObject({ onClaim: false, appendOnly: false });
  expect(S3.environment()).toEqual([
    { name: 'RESTIC_REPOSITORY', value: 's3:https://s3.example.org/matrix' },
    { name: 'AWS_ACCESS_KEY_ID', valueFrom: { secretKeyRef: { name: 's3', key: 'id' } } },
    { name: 'AWS_SECRET_ACCESS_KEY', valueFrom: { secretKeyRef: { name: 's3', key: 'key' } } },
  ]);
  expect(S3.environment(true)).toEqual(S3.environment());
  expect([...S3.volumes(), ...S3.volumeMounts()]).toEqual([]);
});

it('is behind a server, where somebody else forgets old sets', () => {
  expect(REST).toMatchObject({ onClaim: false, appendOnly: true });
  const environment = (port: number, secret: string) => [
    { name: 'RESTIC_REPOSITORY', value: `rest:https://rest:${port}/matrix/` },
    { name: 'RESTIC_REST_USERNAME', valueFrom: { secretKeyRef: { name: secret, key: 'user' } } },
    { name: 'RESTIC_REST_PASSWORD', valueFrom: { secretKeyRef: { name: secret, key: 'password' } } },
    { name: 'RESTIC_CACERT', value: '/repository-ca/ca.crt' },
  ];
  expect(REST.environment()).toEqual(environment(8000, 'rest'));
  expect(REST.environment(true)).toEqual(environment(8001, 'prune'));
});

it('mounts the certificate of the authority', () => {
  expect(REST.volumeMounts()).toEqual([{ name: 'repository-ca', mountPath: '/repository-ca', readOnly: true }]);
  expect(REST.volumes()).toMatchObject([
    {
      name: 'repository-ca',
      projected: { sources: [{ secret: { name: 'rest', items: [{ key: 'authority', path: 'ca.crt' }] } }] },
    },
  ]);
});

/** What a policy opens for one repository. */
function egress(repository: BackupRepository, { prune = false, dns = false } = {}) {
  const chart = emptyChart();
  const traffic = new Traffic(chart, 'Traffic', { app: 'backup', component: 'backup' });
  if (dns) {
    traffic.allowDns();
  }
  repository.allowFrom(traffic, prune);
  return {
    rules: renderedIn(chart, 'NetworkPolicy', 'backup').spec.egress ?? [],
    names: Traffic.connections(chart).map(({ name }) => name),
  };
}

it('opens nothing for the claim', () => {
  expect(egress(BackupRepository.claim())).toEqual({ rules: [], names: [] });
});

it.each<[string, BackupRepository, boolean, object, number]>([
  ['a bucket', S3, false, { ipBlock: expect.objectContaining({ cidr: '0.0.0.0/0' }) }, 443],
  ['a server', REST, false, { podSelector: { matchLabels: { app: 'rest' } } }, 8000],
  ['a server, to forget', REST, true, { podSelector: { matchLabels: { app: 'rest' } } }, 8001],
])('opens the way to %s and its name, alone', (_, repository, prune, peer, port) => {
  const { rules, names } = egress(repository, { prune });
  expect(names).toEqual(['names', 'backup repository']);
  expect(rules).toHaveLength(2);
  expect(rules[1]).toEqual({ to: [peer], ports: [{ port, protocol: 'TCP' }] });
});

it('opens the way to names once', () => {
  expect(egress(S3, { dns: true })).toEqual(egress(S3));
});
