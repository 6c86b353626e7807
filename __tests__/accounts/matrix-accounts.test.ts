import { Testing } from 'cdk8s';
import { MatrixAccounts, type MatrixAccountsProps, SecretKey } from '../../lib';
import { valuesOf } from '../support/backups';
import { find, keyOf, type Manifest, workloadsOf } from '../support/manifests';
import { emptyChart, untyped } from '../support/parts';
import { EXISTING_SECRETS } from '../support/systems';

const PROPS: MatrixAccountsProps = {
  homeserver: { host: 'matrix-synapse-admin', port: 8008 },
  serverName: 'example.org',
  secrets: { ...EXISTING_SECRETS, adminPassword: SecretKey.of('matrix-admin-secret', 'password') },
};

function rendered(props: Partial<MatrixAccountsProps> = {}) {
  const chart = emptyChart();
  const accounts = new MatrixAccounts(chart, 'Accounts', { ...PROPS, ...props });
  const manifests: Manifest[] = Testing.synth(chart);
  const [{ manifest, template }] = workloadsOf(manifests);
  const [container] = template.spec.containers;
  return { accounts, manifests, job: manifest, pod: template.spec, container, values: valuesOf(container) };
}

it('minimal', () => {
  const { accounts, manifests, values, container } = rendered();
  expect(manifests.map(keyOf)).toEqual([
    'NetworkPolicy matrix-accounts',
    'ConfigMap matrix-accounts',
    expect.stringMatching(/^Job matrix-accounts-[0-9a-f]{8}$/),
  ]);
  expect([accounts.adminUsername, accounts.adminPassword.secretName]).toEqual(['matrix-admin', 'matrix-admin-secret']);
  expect(values).toMatchObject({
    HOMESERVER: 'http://matrix-synapse-admin:8008',
    ADMIN: 'matrix-admin',
    FOLDER: '/secrets',
  });
  expect(container.image).toMatch(/^ghcr\.io\/element-hq\/synapse:v/);
});

it('all props', () => {
  const props: Required<MatrixAccountsProps> = {
    ...PROPS,
    adminUsername: 'root',
    serviceAccounts: ['agency', '@root:example.org'],
    images: { synapse: 'example.org/synapse:v2' },
    imageRegistry: 'registry.example.org',
    imagePullSecrets: ['pull'],
    namePrefix: 'second-',
  };
  const { manifests, values, container, pod } = rendered(props);
  expect(manifests.every(({ metadata }) => metadata.name.startsWith('second-matrix-accounts'))).toBe(true);
  expect(values).toMatchObject({ ADMIN: 'root', SERVICE_ACCOUNTS: '@agency:example.org @root:example.org' });
  expect(container.image).toBe('example.org/synapse:v2');
  expect(pod.imagePullSecrets).toEqual([{ name: 'pull' }]);
});

it('has both secrets as files, and no token of the cluster', () => {
  const { pod } = rendered();
  const { sources } = pod.volumes.find(({ name }: Manifest) => name === 'secrets').projected;
  expect(sources).toEqual([
    { secret: { name: 'vault-synapse', items: [{ key: 'registration', path: 'registration_shared_secret' }] } },
    { secret: { name: 'matrix-admin-secret', items: [{ key: 'password', path: 'admin_password' }] } },
  ]);
  expect(pod.serviceAccountName).toBeUndefined();
});

it('runs a script that is there, a few times, and leaves pods that failed to be read', () => {
  const { manifests, container, job, pod } = rendered();
  expect(container.command).toEqual(['python3', '/config/accounts.py']);
  expect(Object.keys(find(manifests, 'ConfigMap', 'matrix-accounts').data)).toEqual(['accounts.py']);
  expect([job.spec.backoffLimit, pod.restartPolicy, job.spec.ttlSecondsAfterFinished]).toEqual([3, 'Never', undefined]);
});

it('is a new Job when anything in it changes, and else the same: a Job cannot be changed', () => {
  const name = (props: Partial<MatrixAccountsProps>) => rendered(props).job.metadata.name;
  expect(name({})).toBe(name({ serviceAccounts: [] }));
  expect(name({ serviceAccounts: ['agency'] })).not.toBe(name({}));
  expect(name({ adminUsername: 'root' })).not.toBe(name({}));
});

it('may ask for names, and reach what lets it in', () => {
  const { manifests } = rendered();
  const { ingress, egress } = find(manifests, 'NetworkPolicy', 'matrix-accounts').spec;
  expect(ingress).toBeUndefined();
  expect(egress).toHaveLength(1);
});

it.each<[string, object, string, string]>([
  ['there is no password', { secrets: EXISTING_SECRETS }, 'accounts need adminPassword', 'MatrixSecrets.existing'],
  [
    'the password is text',
    { secrets: { ...EXISTING_SECRETS, adminPassword: 'hunter2' } },
    'adminPassword was given as text',
    'SecretKey.of',
  ],
  ['the administrator has a full ID', { adminUsername: '@a:b' }, "adminUsername '@a:b'", 'such as matrix-admin'],
  ['an account is of another server', { serviceAccounts: ['@a:b'] }, "'@a:b'", 'write @name:example.org'],
])('fails when %s', (_, props, value, remedy) => {
  const make = () => rendered(untyped(props));
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
  expect(make).not.toThrow('hunter2');
});
