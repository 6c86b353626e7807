import { Testing } from 'cdk8s';
import { GeneratedSecrets } from '../../lib/secrets/generated-secrets';
import type { SecretsContext } from '../../lib/secrets/system-secrets';
import { keyOf, type Manifest, workloadsOf } from '../support/manifests';
import { emptyChart, renderedIn } from '../support/parts';

const DATABASE = { database: 'synapse', user: 'synapse_user' };

function rendered(props: SecretsContext = DATABASE) {
  const chart = emptyChart();
  const { secrets } = new GeneratedSecrets(chart, 'Secrets', props);
  const name = `${props.namePrefix ?? ''}matrix-secrets`;
  const manifests: Manifest[] = Testing.synth(chart);
  const [job] = workloadsOf(manifests);
  return {
    secrets,
    manifests,
    job: job.manifest,
    pod: job.template.spec,
    plan: JSON.parse(renderedIn(chart, 'ConfigMap', name).data['plan.json']) as Manifest[],
    rules: renderedIn(chart, 'Role', name).rules as Manifest[],
  };
}

it('minimal', () => {
  const { manifests, pod, secrets } = rendered();
  expect(manifests.map(keyOf)).toEqual([
    'ConfigMap matrix-secrets',
    'ServiceAccount matrix-secrets',
    'Role matrix-secrets',
    'RoleBinding matrix-secrets',
    'NetworkPolicy matrix-secrets',
    expect.stringMatching(/^Job matrix-secrets-[0-9a-f]{8}$/),
    ...['ConfigMap', 'ServiceAccount', 'Role', 'RoleBinding', 'NetworkPolicy'].map((kind) => `${kind} matrix-rotate`),
    ...['registration', 'database', 'macaroon', 'signing-key'].map((what) => `CronJob matrix-rotate-${what}`),
  ]);
  expect(pod.containers[0].image).toMatch(/^ghcr\.io\/element-hq\/synapse:v/);
  expect(secrets.databasePassword).toEqual({ secretName: 'matrix-postgres-secret', key: 'POSTGRES_PASSWORD' });
});

it('all props', () => {
  const { manifests, pod, plan } = rendered({
    ...DATABASE,
    namePrefix: 'second-',
    images: { synapse: 'example.org/synapse:v2' },
  });
  expect(manifests.every(({ metadata }) => /^second-matrix-(secrets|rotate)/.test(metadata.name))).toBe(true);
  expect(pod.containers[0].image).toBe('example.org/synapse:v2');
  expect(plan.every(({ name }) => name.startsWith('second-'))).toBe(true);
});

it('plans every secret that it refers to, the signing key first', () => {
  const { plan, secrets } = rendered();
  const { oldSigningKeys, ...made } = secrets;
  expect(plan.map(({ name }) => name)).toEqual([
    'matrix-signing-key',
    'matrix-synapse-secret',
    'matrix-postgres-secret',
    'matrix-backup-secret',
  ]);
  for (const { secretName, key } of Object.values(made)) {
    const { keys } = plan.find(({ name }) => name === secretName);
    expect(keys[key]).toEqual({ make: key === 'signing.key' ? 'signing-key' : 'password' });
  }
});

it('has the password of the repository made though the signing key is missing: a restore brings that back', () => {
  const { plan } = rendered();
  expect(plan.filter(({ comesFirst }) => comesFirst).map(({ name }) => name)).toEqual(['matrix-backup-secret']);
});

it('has the administrator made with a name and a password, which may be there before the system', () => {
  const { plan } = rendered({ ...DATABASE, adminUsername: 'root' });
  expect(plan.at(-1)).toMatchObject({
    name: 'matrix-admin-secret',
    comesFirst: true,
    keys: { username: { value: 'root' }, password: { make: 'password' } },
  });
});

it('leaves old signing keys to the first rotation', () => {
  expect(rendered().plan[0].keys).toEqual({ 'signing.key': { make: 'signing-key' } });
});

it('tells the name and user of the database, which are no secrets', () => {
  expect(rendered().plan[2].keys).toMatchObject({
    POSTGRES_DB: { value: 'synapse' },
    POSTGRES_USER: { value: 'synapse_user' },
  });
});

it('makes nothing for a database that is managed elsewhere', () => {
  expect(rendered({}).plan.map(({ name }) => name)).toEqual(['matrix-signing-key', 'matrix-synapse-secret']);
});

it('holds no value: secrets are made in the cluster', () => {
  const values = rendered().plan.flatMap(({ keys }) =>
    Object.values<Manifest>(keys).flatMap(({ value }) => value ?? []),
  );
  expect(values).toEqual(['synapse', 'synapse_user']);
});

it('may create Secrets, and read and complete exactly those of the plan', () => {
  const { rules, plan } = rendered();
  expect(rules).toEqual([
    { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
    {
      apiGroups: [''],
      resources: ['secrets'],
      resourceNames: plan.map(({ name }) => name),
      verbs: ['get', 'patch'],
    },
  ]);
});

it('may only speak to Kubernetes', () => {
  const { manifests } = rendered();
  const { spec } = manifests.find(({ kind }) => kind === 'NetworkPolicy');
  expect(spec.ingress ?? []).toEqual([]);
  expect(spec.egress.flatMap(({ ports }: Manifest) => ports.map(({ port }: Manifest) => port))).toEqual([443, 6443]);
});

it('runs the script that it carries', () => {
  const { manifests, pod } = rendered();
  const [container] = pod.containers;
  const [, script, plan] = container.command;
  const files = Object.keys(manifests[0].data).map((name) => `${container.volumeMounts[0].mountPath}/${name}`);
  expect(files).toEqual(expect.arrayContaining([script, plan, '/config/kube.py']));
  expect(pod.volumes[0]).toEqual({ name: 'config', configMap: { name: 'matrix-secrets' } });
});

it('is a new Job when anything in it changes, and else the same: a Job cannot be changed', () => {
  const name = (props: SecretsContext) => rendered(props).job.metadata.name;
  expect(name(DATABASE)).toBe(name({ ...DATABASE }));
  expect(name({ ...DATABASE, images: { synapse: 'example.org/synapse:v2' } })).not.toBe(name(DATABASE));
  expect(name({})).not.toBe(name(DATABASE));
  expect(rendered().job.spec.ttlSecondsAfterFinished).toBeUndefined();
});

it.each([
  ['synapse', "image 'synapse' has no tag"],
  ['synapse:latest', "image 'synapse:latest' has the tag latest"],
])('fails when the image is %s', (image, message) => {
  expect(() => rendered({ ...DATABASE, images: { synapse: image } })).toThrow(message);
});

it('takes a prefix with which the names of all objects fit, and none that is longer', () => {
  expect(() => rendered({ namePrefix: 'p'.repeat(26) })).not.toThrow();
  expect(() => rendered({ namePrefix: 'p'.repeat(27) })).toThrow('use a prefix of at most 26 characters');
});
