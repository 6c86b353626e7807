import { Testing } from 'cdk8s';
import { ImageSource, type SystemProps } from '../../lib';
import type { OneShotJob } from '../../lib/kubernetes/workloads/one-shot-job';
import { GeneratedSecrets } from '../../lib/secrets/generated-secrets';
import { SecretKind } from '../../lib/secrets/secret-request';
import { keyOf, type Manifest, workloadsOf } from '../support/manifests';
import { emptyChart, postgresIn, renderedIn, synapseIn, systemIn } from '../support/parts';
import { refusals } from '../support/schemas';

interface Asked {
  readonly system?: Partial<SystemProps>;
  /** Names of databases; a database that is managed elsewhere has none. */
  readonly database?: string | null;
  readonly further?: (system: ReturnType<typeof systemIn>) => void;
}

/** Renders a system whose homeserver and database request their secrets. */
function rendered({ system: props, database = 'synapse', further }: Asked = {}) {
  const chart = emptyChart();
  const system = systemIn(chart, props);
  const postgres = database === null ? undefined : postgresIn(chart, { database });
  const synapse = synapseIn(chart, { database: postgres });
  further?.(system);
  const name = system.objectName('matrix-secrets');
  const ours = [name, system.objectName('matrix-rotate')];
  const manifests: Manifest[] = Testing.synth(chart).filter(({ metadata }) =>
    ours.some((start) => metadata.name.startsWith(start)),
  );
  expect(manifests.flatMap(refusals)).toEqual([]);
  const { manifest: job, template } = workloadsOf(manifests)[0];
  const config = renderedIn(chart, 'ConfigMap', name);
  return {
    postgres,
    synapse,
    manifests,
    job,
    config,
    pod: template.spec,
    plan: JSON.parse(config.data['plan.json']) as Manifest[],
    claims: JSON.parse(config.data['claims.json']) as string[],
    rules: renderedIn(chart, 'Role', name).rules as Manifest[],
  };
}

it('minimal', () => {
  const { manifests, pod, job } = rendered();
  expect(manifests.map(keyOf)).toEqual([
    'ConfigMap matrix-secrets',
    'ServiceAccount matrix-secrets',
    'Role matrix-secrets',
    'RoleBinding matrix-secrets',
    'NetworkPolicy matrix-secrets',
    expect.stringMatching(/^Job matrix-secrets-[0-9a-f]{8}$/),
    ...['ConfigMap', 'ServiceAccount', 'Role', 'RoleBinding', 'NetworkPolicy'].map((kind) => `${kind} matrix-rotate`),
    ...['database', 'signing-key', 'registration', 'macaroon'].map((what) => `CronJob matrix-rotate-${what}`),
  ]);
  expect(pod.containers[0].image).toMatch(/^ghcr\.io\/element-hq\/synapse:v/);
  // The finished Job stays, because otherwise it would run again.
  expect(job.spec).not.toHaveProperty('ttlSecondsAfterFinished');
});

it('uses the names of its own system', () => {
  const images = ImageSource.upstream({ replacements: { synapse: 'example.org/synapse:v2' } });
  const { manifests, pod, plan, job } = rendered({ system: { namePrefix: 'second-', images } });
  expect(manifests.every(({ metadata }) => /^second-matrix-(secrets|rotate)/.test(metadata.name))).toBe(true);
  expect(job.metadata.name).toMatch(/^second-matrix-secrets-[0-9a-f]{8}$/);
  expect(pod.containers[0].image).toBe('example.org/synapse:v2');
  expect(plan.every(({ name }) => name.startsWith('second-'))).toBe(true);
});

it('plans every requested secret, the signing key first', () => {
  const { plan, postgres, synapse } = rendered();
  expect(plan.map(({ name }) => name)).toEqual([
    'matrix-signing-key',
    'matrix-postgres-secret',
    'matrix-synapse-secret',
  ]);
  const asked = [...Object.values(synapse.secretFiles), postgres?.password, postgres?.backupPassword];
  for (const { secretName, key } of asked.flatMap((one) => one ?? [])) {
    const { keys } = plan.find(({ name }) => name === secretName);
    expect(keys[key]).toEqual({ make: key === 'signing.key' ? 'signing-key' : 'password' });
  }
  const planned = plan.flatMap(({ keys }) => Object.values<Manifest>(keys).filter(({ make }) => make));
  expect(planned).toHaveLength(asked.length);
});

it('gives generated Secrets the labels of its workload, and none by which a GitOps tool would find them', () => {
  const { plan, config } = rendered();
  for (const { labels } of plan) {
    expect(config.metadata.labels).toMatchObject(labels);
    expect(labels).toHaveProperty(['app.kubernetes.io/part-of']);
    expect(labels).not.toHaveProperty(['app.kubernetes.io/instance']);
  }
});

it.each([undefined, 'synapse', 'matrix_2'])(
  'keeps the own name of the database %p beside its passwords',
  (database) => {
    const { plan, postgres } = rendered({ database });
    expect(plan.find(({ name }) => name === 'matrix-postgres-secret').keys).toEqual({
      POSTGRES_DB: { value: postgres?.database },
      POSTGRES_USER: { value: 'synapse_user' },
      POSTGRES_PASSWORD: { make: 'password' },
      BACKUP_PASSWORD: { make: 'password' },
    });
    expect(postgres?.database).toBe(database ?? 'synapse');
  },
);

it('marks Secrets that may exist before the system, such as those for a restore', () => {
  const further: Asked['further'] = (system) => {
    system.secret('matrix-admin-secret', 'password', SecretKind.PASSWORD, {
      alias: 'adminPassword',
      beside: { username: 'root' },
      mayComeFirst: true,
    });
  };
  const { plan } = rendered({ further });
  expect(plan.filter(({ comesFirst }) => comesFirst)).toEqual([
    {
      name: 'matrix-admin-secret',
      labels: expect.anything(),
      comesFirst: true,
      keys: { username: { value: 'root' }, password: { make: 'password' } },
    },
  ]);
});

it('does not generate a signing key or another irreplaceable secret anew beside the claims of the system', () => {
  const options = { irreplaceable: true };
  const { plan, claims } = rendered({
    further: (system) => void system.secret('matrix-key', 'key', SecretKind.PASSWORD, options),
  });
  expect(plan.filter(({ irreplaceable }) => irreplaceable).map(({ name }) => name)).toEqual([
    'matrix-signing-key',
    'matrix-key',
  ]);
  expect(claims).toEqual(['matrix-postgres-pvc', 'matrix-synapse-data']);
});

it('leaves earlier signing keys to the first rotation', () => {
  const { plan, synapse } = rendered();
  expect(synapse.oldSigningKeys).toEqual({ secretName: 'matrix-signing-key', key: 'old-signing-keys.yaml' });
  expect(plan[0].keys).toEqual({ 'signing.key': { make: 'signing-key' } });
});

it('generates no secret for a database that is managed elsewhere', () => {
  expect(rendered({ database: null }).plan.map(({ name }) => name)).toEqual([
    'matrix-signing-key',
    'matrix-synapse-secret',
  ]);
});

it('contains no secret, because they are generated in the cluster', () => {
  const values = rendered().plan.flatMap(({ keys }) =>
    Object.values<Manifest>(keys).flatMap(({ value }) => value ?? []),
  );
  expect(values).toEqual(['synapse', 'synapse_user']);
});

it('may create Secrets, and read and patch only those and the claims of the plan', () => {
  const { rules, plan, claims } = rendered();
  const [create, ...others] = rules;
  expect(create).toEqual({ apiGroups: [''], resources: ['secrets'], verbs: ['create'] });
  const named = (resource: string): string[] =>
    others.filter(({ resources }) => resources[0] === resource).flatMap(({ resourceNames }) => resourceNames);
  expect(named('secrets').sort()).toEqual(plan.map(({ name }) => name).sort());
  expect(named('persistentvolumeclaims').sort()).toEqual(claims);
  for (const { apiGroups, resources, verbs } of others) {
    expect([apiGroups, resources.length, verbs]).toEqual([[''], 1, ['get', 'patch']]);
  }
});

it('connects only to Kubernetes', () => {
  const { manifests } = rendered();
  const { spec } = manifests.find(({ kind }) => kind === 'NetworkPolicy');
  expect(spec.ingress ?? []).toEqual([]);
  expect(spec.egress.flatMap(({ ports }: Manifest) => ports.map(({ port }: Manifest) => port))).toEqual([443, 6443]);
});

it('runs a script of its ConfigMap, as its service account', () => {
  const { config, pod } = rendered();
  const [container] = pod.containers;
  const [, script, plan] = container.command;
  const files = Object.keys(config.data).map((name) => `${container.volumeMounts[0].mountPath}/${name}`);
  expect(files).toEqual(expect.arrayContaining([script, plan, '/config/kubernetes_api.py', '/config/new_values.py']));
  expect(pod.volumes[0]).toEqual({ name: 'config', configMap: { name: 'matrix-secrets' } });
  expect(pod.serviceAccountName).toBe('matrix-secrets');
});

it('has another name when its content changes, and only then', () => {
  const nameOf = (asked?: Asked) => rendered(asked).job.metadata.name;
  const images = ImageSource.upstream({ replacements: { synapse: 'example.org/synapse:v2' } });
  expect(nameOf()).toBe(nameOf());
  expect(nameOf({ system: { images } })).not.toBe(nameOf());
  expect(nameOf({ database: null })).not.toBe(nameOf());
  expect(nameOf({ database: 'matrix' })).not.toBe(nameOf());
});

it('has another name when a secret is requested later', () => {
  const chart = emptyChart();
  const source = new GeneratedSecrets(chart, 'Secrets', systemIn(emptyChart()));
  const job = source.node.findChild('Default') as OneShotJob;
  const before = job.toJson().metadata.name;
  source.secret({ secretName: 'turn', key: 'secret', kind: SecretKind.PASSWORD, options: {} });
  expect(job.toJson().metadata.name).not.toBe(before);
  expect(source.problems()).toEqual([]);
});

it('returns the name and key of an optional secret', () => {
  const source = new GeneratedSecrets(emptyChart(), 'Secrets', systemIn(emptyChart()));
  const reference = { secretName: 'matrix-signing-key', key: 'old-signing-keys.yaml' };
  expect(source.optionalSecret({ ...reference, options: {} })).toEqual(reference);
});

it('accepts the longest prefix with which all names fit, and refuses a longer one', () => {
  const longest = 'matrix-rotate-registration'.length;
  const prefix = 'p'.repeat(52 - longest);
  expect(() => rendered({ system: { namePrefix: prefix } })).not.toThrow();
  expect(() => rendered({ system: { namePrefix: `${prefix}p` } })).toThrow(
    `use a prefix of at most ${prefix.length} characters`,
  );
});
