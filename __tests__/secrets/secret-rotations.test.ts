import { Testing } from 'cdk8s';
import { ImageSource, type SystemProps } from '../../lib';
import { type RequiredSecretRequest, SecretKind } from '../../lib/secrets/secret-request';
import { SecretRotations } from '../../lib/secrets/secret-rotations';
import { find, keyOf, type Manifest, workloadsOf } from '../support/manifests';
import { emptyChart, systemIn } from '../support/parts';
import { refusals } from '../support/schemas';

const password = (secretName: string, key: string, rotation?: string): RequiredSecretRequest => ({
  secretName,
  key,
  kind: SecretKind.PASSWORD,
  options: rotation ? { rotation: { name: rotation, effect: `Effect of ${rotation}.` } } : {},
});
const SIGNING_KEY: RequiredSecretRequest = {
  secretName: 'identity',
  key: 'signing.key',
  kind: SecretKind.SIGNING_KEY,
  options: { rotation: { name: 'signing-key', effect: 'None.', oldKeysIn: 'old.yaml' } },
};
const ALL = [
  password('synapse', 'registration', 'registration'),
  password('database', 'password', 'database'),
  password('database', 'backup', 'database'),
  password('repository', 'password'),
  SIGNING_KEY,
];

function rendered(requests = ALL, props: Partial<SystemProps> = {}) {
  const chart = emptyChart();
  const system = systemIn(emptyChart(), props);
  const rotations = new SecretRotations(chart, 'Rotation', system);
  for (const request of requests) {
    rotations.add(request);
  }
  const manifests: Manifest[] = Testing.synth(chart);
  expect(manifests.flatMap(refusals)).toEqual([]);
  const name = system.objectName('matrix-rotate');
  const config: { [name: string]: string } = find(manifests, 'ConfigMap', name).data;
  return { manifests, config, plan: JSON.parse(config['plan.json']), rules: find(manifests, 'Role', name).rules };
}

it('has a suspended CronJob without retries for each declared rotation', () => {
  const jobs = rendered().manifests.filter(({ kind }) => kind === 'CronJob');
  expect(jobs.map(keyOf)).toEqual(
    ['registration', 'database', 'signing-key'].map((what) => `CronJob matrix-rotate-${what}`),
  );
  for (const { spec } of jobs) {
    expect([spec.suspend, spec.concurrencyPolicy, spec.jobTemplate.spec.backoffLimit]).toEqual([true, 'Forbid', 0]);
    expect(spec.jobTemplate.spec.template.spec.restartPolicy).toBe('Never');
  }
});

it('replaces the secrets of one rotation together, and keeps old signing keys', () => {
  expect(rendered().plan).toEqual({
    registration: { secret: 'synapse', passwords: ['registration'], effect: 'Effect of registration.' },
    database: { secret: 'database', passwords: ['password', 'backup'], effect: 'Effect of database.' },
    'signing-key': { secret: 'identity', signingKey: 'signing.key', oldSigningKeys: 'old.yaml', effect: 'None.' },
  });
});

it('renders no CronJob for secrets without a rotation', () => {
  const { manifests, plan } = rendered([password('repository', 'password')]);
  expect([workloadsOf(manifests), plan]).toEqual([[], {}]);
});

it('may read and patch only the Secrets of the plan, and connect only to Kubernetes', () => {
  const { rules, manifests } = rendered();
  for (const { apiGroups, resources, verbs } of rules) {
    expect([apiGroups, resources, verbs]).toEqual([[''], ['secrets'], ['get', 'patch']]);
  }
  expect(rules.flatMap(({ resourceNames }: Manifest) => resourceNames)).toEqual(['synapse', 'database', 'identity']);
  const { spec } = find(manifests, 'NetworkPolicy', 'matrix-rotate');
  expect(spec.ingress).toBeUndefined();
  expect(spec.egress.flatMap(({ ports }: Manifest) => ports.map(({ port }: Manifest) => port))).toEqual([443, 6443]);
});

it('runs a script of its ConfigMap, with one service account for all', () => {
  const images = ImageSource.upstream({ replacements: { synapse: 'example.org/synapse:v1' }, pullSecrets: ['pull'] });
  const { manifests, config, plan } = rendered(ALL, { images });
  for (const { key, template } of workloadsOf(manifests)) {
    const [{ command, image, volumeMounts }] = template.spec.containers;
    expect(image).toBe('example.org/synapse:v1');
    expect(template.spec.serviceAccountName).toBe('matrix-rotate');
    expect(template.spec.imagePullSecrets).toEqual([{ name: 'pull' }]);
    expect(command.slice(0, 3)).toEqual(['python3', '/config/rotate_secrets.py', '/config/plan.json']);
    expect(Object.keys(plan)).toContain(command[3]);
    expect(key).toBe(`CronJob matrix-rotate-${command[3]}`);
    expect(volumeMounts[0].mountPath).toBe('/config');
  }
  expect(Object.keys(config).sort()).toEqual([
    'kubernetes_api.py',
    'kubernetes_secrets.py',
    'new_values.py',
    'plan.json',
    'rotate_secrets.py',
  ]);
});

it('uses the names of its own system', () => {
  const { manifests } = rendered(ALL, { namePrefix: 'second-' });
  expect(manifests.every(({ metadata }) => metadata.name.startsWith('second-matrix-rotate'))).toBe(true);
});

it('refuses a rotation of two Secrets', () => {
  const make = () => rendered([password('one', 'a', 'both'), password('two', 'a', 'both')]);
  expect(make).toThrow("rotation 'both' has Secret 'one' and Secret 'two'");
  expect(make).toThrow('use another rotation');
});

it('refuses a rotation name that is too long for its CronJob', () => {
  expect(() => rendered([password('one', 'a', 'x'.repeat(39))])).toThrow('Kubernetes allows 52');
});
