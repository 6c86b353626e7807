import { Testing } from 'cdk8s';
import { renderRotation } from '../../lib/secrets/rotation';
import { find, keyOf, type Manifest, workloadsOf } from '../support/manifests';
import { ALL_SECRETS, emptyChart } from '../support/parts';
import { EXISTING_SECRETS } from '../support/systems';

const SECRETS = { ...ALL_SECRETS, oldSigningKeys: { secretName: 'vault-identity', key: 'old.yaml' } };

function rendered(secrets = SECRETS, namePrefix?: string) {
  const chart = emptyChart();
  renderRotation(chart, 'Rotation', {
    secrets,
    image: 'example.org/synapse:v1',
    imagePullSecrets: ['pull'],
    namePrefix,
  });
  const manifests: Manifest[] = Testing.synth(chart);
  const name = `${namePrefix ?? ''}matrix-rotate`;
  const config: { [name: string]: string } = find(manifests, 'ConfigMap', name).data;
  return { manifests, config, plan: JSON.parse(config['plan.json']), rules: find(manifests, 'Role', name).rules };
}

it('has a button for each secret of our own, that nothing presses by itself', () => {
  const jobs = rendered().manifests.filter(({ kind }) => kind === 'CronJob');
  expect(jobs.map(keyOf)).toEqual(
    ['registration', 'database', 'macaroon', 'signing-key'].map((what) => `CronJob matrix-rotate-${what}`),
  );
  for (const { spec } of jobs) {
    expect([spec.suspend, spec.concurrencyPolicy, spec.jobTemplate.spec.backoffLimit]).toEqual([true, 'Forbid', 0]);
  }
});

it('exchanges passwords by their keys, both of the database at once', () => {
  const { plan } = rendered();
  expect(plan).toEqual({
    registration: { secret: 'vault-synapse', passwords: ['registration'], effect: expect.any(String) },
    database: { secret: 'database', passwords: ['password', 'backup'], effect: expect.any(String) },
    macaroon: {
      secret: 'vault-synapse',
      passwords: ['macaroon', 'form'],
      effect: expect.stringContaining('Nobody is logged out'),
    },
    'signing-key': {
      secret: 'vault-identity',
      signingKey: 'signing.key',
      oldSigningKeys: 'old.yaml',
      effect: expect.any(String),
    },
  });
});

it('leaves out the database that is managed elsewhere', () => {
  expect(
    Object.keys(rendered({ ...EXISTING_SECRETS, oldSigningKeys: SECRETS.oldSigningKeys } as typeof SECRETS).plan),
  ).toEqual(['registration', 'macaroon', 'signing-key']);
});

it('may read and patch exactly the Secrets of the plan, and speak to Kubernetes alone', () => {
  const { rules, manifests } = rendered();
  expect(rules).toEqual([
    {
      apiGroups: [''],
      resources: ['secrets'],
      resourceNames: ['vault-synapse', 'database', 'vault-identity'],
      verbs: ['get', 'patch'],
    },
  ]);
  const { spec } = find(manifests, 'NetworkPolicy', 'matrix-rotate');
  expect(spec.ingress).toBeUndefined();
  expect(spec.egress.flatMap(({ ports }: Manifest) => ports.map(({ port }: Manifest) => port))).toEqual([443, 6443]);
});

it('runs a script that is there, with one account for all', () => {
  const { manifests, config, plan } = rendered();
  for (const { key, template } of workloadsOf(manifests)) {
    const [{ command, image, volumeMounts }] = template.spec.containers;
    expect(image).toBe('example.org/synapse:v1');
    expect(template.spec.serviceAccountName).toBe('matrix-rotate');
    expect(template.spec.imagePullSecrets).toEqual([{ name: 'pull' }]);
    expect(command.slice(0, 3)).toEqual(['python3', '/config/rotate-secrets.py', '/config/plan.json']);
    expect(Object.keys(plan)).toContain(command[3]);
    expect(key).toBe(`CronJob matrix-rotate-${command[3]}`);
    expect(volumeMounts[0].mountPath).toBe('/config');
  }
  expect(Object.keys(config).sort()).toEqual(['kube.py', 'new_values.py', 'plan.json', 'rotate-secrets.py']);
});

it('is of its own system', () => {
  const { manifests } = rendered(SECRETS, 'second-');
  expect(manifests.every(({ metadata }) => metadata.name.startsWith('second-matrix-rotate'))).toBe(true);
});
