import { type Chart, Testing } from 'cdk8s';
import { ImageSource, MatrixAccounts, type MatrixAccountsProps, SecretKey, Secrets, type SystemProps } from '../../lib';
import { find, keyOf, type Manifest, workloadsOf } from '../support/manifests';
import { emptyChart, systemIn, untyped } from '../support/parts';

const HOMESERVER = {
  host: 'matrix-synapse-admin',
  port: 8008,
  registrationSecret: SecretKey.fromSecretName('vault-synapse', 'registration'),
};
const EXISTING = Secrets.existing({ adminPassword: SecretKey.fromSecretName('vault-admin', 'password') });

function accountsIn(chart: Chart, props: Partial<MatrixAccountsProps>, systemProps: Partial<SystemProps>) {
  const system = systemIn(chart, { secrets: EXISTING, ...systemProps });
  return new MatrixAccounts(chart, 'Accounts', { system, homeserver: HOMESERVER, ...props });
}

function rendered(props: Partial<MatrixAccountsProps> = {}, systemProps: Partial<SystemProps> = {}) {
  const chart = emptyChart();
  const accounts = accountsIn(chart, props, systemProps);
  const manifests: Manifest[] = Testing.synth(chart);
  const [{ manifest, template }] = workloadsOf(manifests);
  const [container] = template.spec.containers;
  const files = manifests.find(({ kind }) => kind === 'ConfigMap')?.data;
  const settings = JSON.parse(files['settings.json']);
  return { accounts, manifests, job: manifest, pod: template.spec, container, files, settings };
}

it('minimal: creates one administrator', () => {
  const { accounts, manifests, settings, container } = rendered();
  expect(manifests.map(keyOf)).toEqual([
    'NetworkPolicy matrix-default-deny',
    'NetworkPolicy matrix-accounts',
    'ConfigMap matrix-accounts',
    expect.stringMatching(/^Job matrix-accounts-[0-9a-f]{8}$/),
  ]);
  expect([accounts.adminUsername, accounts.adminPassword.secretName]).toEqual(['matrix-admin', 'vault-admin']);
  expect(settings).toEqual({
    homeserver: 'http://matrix-synapse-admin:8008',
    administrator: 'matrix-admin',
    unlimited: [],
    patience: 1200,
    secretsFolder: '/secrets',
  });
  expect(container.image).toMatch(/^ghcr\.io\/element-hq\/synapse:v/);
});

it('all props: renders them', () => {
  const { accounts, manifests, settings, container, pod } = rendered(
    {
      homeserver: { ...HOMESERVER, host: 'elsewhere', port: 8009 },
      adminUsername: 'root',
      unlimited: ['agency', '@root:example.org'],
    },
    {
      namePrefix: 'second-',
      images: ImageSource.mirror('registry.example.org', {
        replacements: { synapse: 'example.org/synapse:v2' },
        pullSecrets: ['pull'],
      }),
    },
  );
  expect(manifests.slice(1).every(({ metadata }) => metadata.name.startsWith('second-matrix-accounts'))).toBe(true);
  expect(accounts.adminUsername).toBe('root');
  expect(settings).toMatchObject({
    homeserver: 'http://elsewhere:8009',
    administrator: 'root',
    unlimited: ['@agency:example.org', '@root:example.org'],
  });
  expect(container.image).toBe('example.org/synapse:v2');
  expect(pod.imagePullSecrets).toEqual([{ name: 'pull' }]);
});

it('mounts both secrets as files, and no token of the cluster', () => {
  const { pod } = rendered();
  const { sources } = pod.volumes.find(({ name }: Manifest) => name === 'secrets').projected;
  expect(sources).toEqual([
    { secret: { name: 'vault-synapse', items: [{ key: 'registration', path: 'registration_shared_secret' }] } },
    { secret: { name: 'vault-admin', items: [{ key: 'password', path: 'admin_password' }] } },
  ]);
  expect(pod.serviceAccountName).toBeUndefined();
});

it('runs a script of its ConfigMap, retries it, and keeps failed pods', () => {
  const { files, container, job, pod } = rendered();
  expect(container.command).toEqual(['python3', '/config/accounts.py']);
  expect(Object.keys(files).sort()).toEqual(['accounts.py', 'settings.json', 'synapse_api.py']);
  expect([job.spec.backoffLimit, pod.restartPolicy, job.spec.ttlSecondsAfterFinished]).toEqual([3, 'Never', undefined]);
});

it('gives the Job a new name when its content changes, and only then', () => {
  const name = (props: Partial<MatrixAccountsProps>) => rendered(props).job.metadata.name;
  expect(name({})).toBe(name({ unlimited: [] }));
  expect(name({ unlimited: ['agency'] })).not.toBe(name({}));
  expect(name({ adminUsername: 'root' })).not.toBe(name({}));
});

it('requests a generated password beside the name of the administrator', () => {
  const chart = emptyChart();
  const accounts = accountsIn(chart, { adminUsername: 'root' }, { secrets: Secrets.generated() });
  expect(accounts.adminPassword).toEqual({ secretName: 'matrix-admin-secret', key: 'password' });
  const plan = JSON.parse(find(Testing.synth(chart), 'ConfigMap', 'matrix-secrets').data['plan.json']);
  expect(plan).toEqual([
    expect.objectContaining({
      name: 'matrix-admin-secret',
      keys: { username: { value: 'root' }, password: { make: 'password' } },
    }),
  ]);
});

it('may resolve names and connect to servers that allow it', () => {
  const { manifests } = rendered();
  const { ingress, egress } = find(manifests, 'NetworkPolicy', 'matrix-accounts').spec;
  expect(ingress).toBeUndefined();
  expect(egress).toHaveLength(1);
});

it.each<[string, object, object, string, string]>([
  [
    'existing secrets have no password',
    {},
    { secrets: Secrets.existing({}) },
    'Secrets.existing({...}) lacks adminPassword',
    'accounts: Accounts.none()',
  ],
  [
    'accounts cannot log in with a password',
    { homeserver: { ...HOMESERVER, accountsBlockedBy: 'password_config.enabled: false' } },
    {},
    "'password_config.enabled: false'",
    'accounts: Accounts.none()',
  ],
  ['the administrator has a full ID', { adminUsername: '@a:b' }, {}, "adminUsername '@a:b'", 'such as matrix-admin'],
  ['an account is of another server', { unlimited: ['@a:b'] }, {}, "'@a:b'", 'as @name:example.org'],
])('fails when %s', (_, props, systemProps, value, remedy) => {
  const make = () => rendered(untyped(props), untyped(systemProps));
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
  expect(make).not.toThrow('hunter2');
});
