import { Lazy } from 'cdk8s';
import { type MatrixSynapse, OutOfBandRestore, SecretKey, type SynapseOptions, SystemSize } from '../../../lib';
import { besideAffinity } from '../../../lib/kubernetes/workloads/affinity';
import { resources } from '../../../lib/kubernetes/workloads/resources';
import { NAMESPACE_ENV } from '../../../lib/kubernetes/workloads/volumes';
import { mainPod } from '../../../lib/synapse/main/main-pod';
import { checkedPorts } from '../../../lib/synapse/ports';
import { SYNAPSE_RESOURCES } from '../../../lib/synapse/synapse-resources';
import { containersOf, type Manifest } from '../../support/manifests';
import { emptyChart, external, synapseIn, systemIn } from '../../support/parts';

type Facts = Partial<Pick<MatrixSynapse, 'secretFiles' | 'oldSigningKeys'>>;

/** The pod of a homeserver with other facts. */
function podOf(facts: Facts = {}, options: SynapseOptions = {}, affinity = {}): Manifest {
  const chart = emptyChart();
  const homeserver = {
    ...synapseIn(chart),
    oldSigningKeys: undefined,
    secretFiles: { 'signing.key': SecretKey.fromSecretName('identity', 'key') },
    ...facts,
  };
  const props = { ...options, system: systemIn(chart), database: external() };
  return mainPod(homeserver as MatrixSynapse, props, {
    ports: checkedPorts(options.ports),
    affinity,
    replicates: false,
  });
}
const [synapse] = containersOf({ spec: podOf() });
const HOMESERVER = '/config/homeserver.yaml';
const PSQL = 'psql "host=db.example.org port=5432 user=synapse_user dbname=synapse"';
const START = ['run', '-m', 'start_main', HOMESERVER, '9094', '8008', 'empty', PSQL];

it('has one container: each more, even before Synapse, makes people wait longer during a restart', () => {
  expect(containersOf({ spec: podOf() }).map(({ name }) => name)).toEqual(['synapse']);
});

it('waits for the database and checks it before each start, also of only its process or its container', () => {
  const keeping = ['python3', '/config/keep_running.py', '--next', 'http://127.0.0.1:8008/health'];
  expect(synapse.command).toEqual([...keeping, '/watched', '/secrets', '--', '/start.py']);
  expect(synapse.args).toEqual([...START, '-c', HOMESERVER]);
  expect(podOf().volumes).toContainEqual({
    name: 'watched',
    projected: {
      defaultMode: 0o440,
      sources: [{ secret: { name: 'db', items: [{ key: 'password', path: 'PGPASSWORD' }] } }],
    },
  });
});

it('reads earlier signing keys from a folder that may be empty, and restarts when it changes', () => {
  const secretFiles = { 'secret-config.yaml': SecretKey.fromSecretName('mail', 'settings.yaml') };
  const spec = podOf({ oldSigningKeys: SecretKey.fromSecretName('identity', 'old.yaml'), secretFiles });
  const [container] = spec.containers;
  expect(container.args).toEqual([
    ...START,
    ...[HOMESERVER, '/old-signing-keys', '/secrets/secret-config.yaml'].flatMap((path) => ['-c', path]),
  ]);
  expect(container.command.slice(4, 8)).toEqual(['/watched', '/secrets', '/old-signing-keys', '--']);
  expect(spec.volumes).toContainEqual({
    name: 'old-signing-keys',
    projected: {
      defaultMode: 0o440,
      sources: [
        { secret: { name: 'identity', items: [{ key: 'old.yaml', path: 'old-signing-keys.yaml' }], optional: true } },
      ],
    },
  });
});

it('reads the database password from its Secret', () => {
  const password = { name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } };
  expect(synapse.env).toEqual([password, NAMESPACE_ENV, { name: 'PYTHONPATH', value: '/config' }]);
});

it('trusts private CAs in addition to the public ones', () => {
  const secretFiles = { 'authorities.crt': SecretKey.fromSecretName('own-authority', 'ca.crt') };
  const { env } = containersOf({ spec: podOf({ secretFiles }) })[0];
  expect(env).toContainEqual({ name: 'SSL_CERT_FILE', value: '/secrets/authorities.crt' });
  expect(env).toContainEqual({ name: 'SSL_CERT_DIR', value: '/etc/ssl/certs' });
});

it('mounts each secret as a read-only file', () => {
  expect(podOf().volumes).toContainEqual({
    name: 'secrets',
    projected: {
      defaultMode: 0o440,
      sources: [{ secret: { name: 'identity', items: [{ key: 'key', path: 'signing.key' }] } }],
    },
  });
  const writable = synapse.volumeMounts.filter(({ readOnly }: Manifest) => !readOnly);
  expect(writable.map(({ mountPath }: Manifest) => mountPath)).toEqual(['/data', '/tmp']);
});

it('notes the state of the database on the claim that the guard reads', () => {
  expect(synapse.volumeMounts).toContainEqual({ name: 'synapse-data', mountPath: '/data' });
  expect(synapse.lifecycle.preStop.exec.command).toEqual(['python3', '/config/epoch_guard.py', HOMESERVER]);
});

it('names its ports, and is probed where a standby answers as well', () => {
  const ports = podOf({}, { ports: { client: 2001, federation: 2002, metrics: 2003 } }).containers[0].ports;
  expect(ports).toEqual([
    { name: 'client-api', containerPort: 2001 },
    { name: 'federation', containerPort: 2002 },
    { name: 'metrics', containerPort: 2003 },
    { name: 'health', containerPort: 9094 },
  ]);
  const { startupProbe, readinessProbe, livenessProbe } = synapse;
  const asked = [startupProbe, readinessProbe, livenessProbe].map(({ httpGet: { path, port } }) => [path, port.value]);
  expect(asked).toEqual([
    ['/ready', 'health'],
    ['/ready', 'health'],
    ['/alive', 'health'],
  ]);
});

it('has an hour to migrate the database for a new version', () => {
  const { periodSeconds, failureThreshold } = synapse.startupProbe;
  expect(periodSeconds * failureThreshold).toBe(3600);
});

it('accepts an affinity that is known only at synthesis', () => {
  const affinity = Lazy.any({ produce: () => besideAffinity({ app: 'other' }) });
  expect(podOf({}, {}, affinity).affinity).toBe(affinity);
});

it('requests more in a larger system, unless resources are set', () => {
  const [small, medium, large] = Object.values(SystemSize).map((size) => SYNAPSE_RESOURCES[size].memory.toMebibytes());
  expect(small).toBeLessThan(medium);
  expect(medium).toBeLessThan(large);
  expect(podOf({}, { resources: resources(1, 2, 3) }).containers[0].resources.limits.memory).toEqual({ value: '3Mi' });
});

it('passes afterOutOfBandRestore to the guard', () => {
  const guardOf = (options: SynapseOptions) => podOf({}, options).containers[0].args;
  expect(guardOf({})).toContain('empty');
  expect(guardOf({ afterOutOfBandRestore: OutOfBandRestore.REFUSE_TO_START })).toContain('refuse');
});

it('reads the file of secret settings last, so that it wins', () => {
  const secretFiles = { 'secret-config.yaml': SecretKey.fromSecretName('mail', 'settings.yaml') };
  const pod = podOf({ secretFiles });
  const [{ args, volumeMounts }] = containersOf({ spec: pod });
  expect(args.slice(-4)).toEqual(['-c', HOMESERVER, '-c', '/secrets/secret-config.yaml']);
  expect(volumeMounts).toContainEqual(expect.objectContaining({ mountPath: '/secrets', readOnly: true }));
  expect(pod.volumes).toContainEqual({
    name: 'secrets',
    projected: {
      defaultMode: 0o440,
      sources: [{ secret: { name: 'mail', items: [{ key: 'settings.yaml', path: 'secret-config.yaml' }] } }],
    },
  });
  // Only the first file says where the database is.
  expect(args.slice(2, 4)).toEqual(['start_main', HOMESERVER]);
});
