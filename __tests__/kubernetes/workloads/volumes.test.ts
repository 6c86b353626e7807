import { ApiObject, Testing } from 'cdk8s';
import { k8s } from '../../../lib/kubernetes/k8s';
import { SecretKey } from '../../../lib/kubernetes/secret-key';
import {
  claimVolume,
  configVolume,
  NAMESPACE_ENV,
  scratch,
  scratchSize,
  secretEnv,
  secretsVolume,
} from '../../../lib/kubernetes/workloads/volumes';

const SECRET = SecretKey.fromSecretName('matrix-postgres', 'password');

it.each<[string, k8s.Volume, object]>([
  ['an empty folder', scratch('tmp', '64Mi'), { emptyDir: { sizeLimit: '64Mi' } }],
  ['one in memory', scratch('tmp', '64Mi', true), { emptyDir: { sizeLimit: '64Mi', medium: 'Memory' } }],
  ['a ConfigMap', configVolume('tmp', 'settings'), { configMap: { name: 'settings' } }],
  ['a claim', claimVolume('tmp', 'data'), { persistentVolumeClaim: { claimName: 'data' } }],
  [
    'a claim to read',
    claimVolume('tmp', 'data', true),
    { persistentVolumeClaim: { claimName: 'data', readOnly: true } },
  ],
  [
    'Secrets, for the pod and its group only',
    secretsVolume('tmp', { 'database/password': SECRET, 'signing.key': SecretKey.fromSecretName('keys', 'signing') }),
    {
      projected: {
        defaultMode: 0o440,
        sources: [
          { secret: { name: 'matrix-postgres', items: [{ key: 'password', path: 'database/password' }] } },
          { secret: { name: 'keys', items: [{ key: 'signing', path: 'signing.key' }] } },
        ],
      },
    },
  ],
  [
    'Secrets that may be missing',
    secretsVolume('tmp', {}, { 'old.yaml': SECRET }),
    {
      projected: {
        defaultMode: 0o440,
        sources: [
          { secret: { name: 'matrix-postgres', items: [{ key: 'password', path: 'old.yaml' }], optional: true } },
        ],
      },
    },
  ],
])('mounts %s', (_, volume, expected) => {
  const chart = Testing.chart();
  new k8s.KubePod(chart, 'Pod', { spec: { containers: [{ name: 'c' }], volumes: [volume] } });
  expect(ApiObject.of(chart.node.findChild('Pod')).toJson().spec.volumes).toEqual([{ name: 'tmp', ...expected }]);
});

it('adds up the limits of scratch volumes on disk, without those in memory', () => {
  const volumes = [
    scratch('a', '2Gi'),
    configVolume('b', 'settings'),
    scratch('c', '100Mi'),
    scratch('d', '1Gi', true),
  ];
  expect([scratchSize(volumes), scratchSize([])].map((size) => size.toMebibytes())).toEqual([2148, 0]);
});

it('refuses scratch space without a limit', () => {
  expect(() => scratchSize([{ name: 'tmp', emptyDir: { medium: 'Memory' } }])).toThrow(
    /^volume 'tmp' .* scratch\('tmp', '100Mi'\)$/,
  );
});

it('reads a variable from a Secret, which is required', () => {
  expect(secretEnv('PGPASSWORD', SECRET)).toEqual({
    name: 'PGPASSWORD',
    valueFrom: { secretKeyRef: { name: 'matrix-postgres', key: 'password' } },
  });
});

it('tells a container its namespace', () => {
  expect(NAMESPACE_ENV).toEqual({
    name: 'NAMESPACE',
    valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } },
  });
});
