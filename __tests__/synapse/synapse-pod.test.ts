import { SecretKey } from '../../lib';
import { besideAffinity } from '../../lib/kubernetes/workloads/affinity';
import { resources } from '../../lib/kubernetes/workloads/resources';
import { type SynapsePodProps, synapsePod } from '../../lib/synapse/synapse-pod';
import { containersOf, type Manifest } from '../support/manifests';
import { emptyChart, external, postgresIn } from '../support/parts';

function podOf(props: Partial<SynapsePodProps> = {}): Manifest {
  return synapsePod({
    image: 'example.org/synapse:v1',
    resources: resources(300, 384, 2048),
    ports: { client: 8008, federation: 8009, metrics: 9000 },
    postgres: external(),
    configMapName: 'config',
    dataClaimName: 'data',
    secretFiles: { 'signing.key': SecretKey.of('identity', 'key') },
    ...props,
  });
}
const [wait, guard, synapse] = containersOf({ spec: podOf() });

it('waits for the database before it runs', () => {
  expect([wait.name, guard.name, synapse.name]).toEqual(['wait-for-database', 'epoch-guard', 'synapse']);
  expect(wait.command).toEqual(['python3', '/config/wait-for-database.py', '/config/homeserver.yaml']);
  expect(synapse.args).toEqual(['run', '-c', '/config/homeserver.yaml']);
});

it('waits again when its container alone is started anew, which happens by itself when a Secret changes', () => {
  const watching = ['/bin/sh', '/config/restart-on-change.sh', '/watched', '/secrets', '--'];
  expect(synapse.command).toEqual([...watching, ...wait.command, '/start.py']);
  expect(podOf().volumes).toContainEqual({
    name: 'watched',
    projected: {
      defaultMode: 0o440,
      sources: [{ secret: { name: 'db', items: [{ key: 'password', path: 'PGPASSWORD' }] } }],
    },
  });
});

it('reads earlier signing keys from a folder, which may be empty, and starts anew when that changes', () => {
  const secretFiles = { 'secret-config.yaml': SecretKey.of('mail', 'settings.yaml') };
  const spec = podOf({ oldSigningKeys: SecretKey.of('identity', 'old.yaml'), secretFiles });
  const [container] = spec.containers;
  expect(container.args).toEqual([
    'run',
    ...['/config/homeserver.yaml', '/old-signing-keys', '/secrets/secret-config.yaml'].flatMap((path) => ['-c', path]),
  ]);
  expect(container.command.slice(2, 6)).toEqual(['/watched', '/secrets', '/old-signing-keys', '--']);
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

it('knows the password of the database from its Secret', () => {
  const password = { name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } };
  expect(synapse.env).toEqual([password]);
  expect(wait.env).toContainEqual(password);
  expect(guard.env).toContainEqual(password);
});

it('trusts further authorities beside the public ones, not in their place', () => {
  const secretFiles = { 'authorities.crt': SecretKey.of('own-authority', 'ca.crt') };
  const { env } = containersOf({ spec: podOf({ secretFiles }) })[2];
  expect(env).toContainEqual({ name: 'SSL_CERT_FILE', value: '/secrets/authorities.crt' });
  expect(env).toContainEqual({ name: 'SSL_CERT_DIR', value: '/etc/ssl/certs' });
});

it('has each secret as a file that it can read and not change', () => {
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

it('knows where it left the database', () => {
  const data = { name: 'synapse-data', mountPath: '/data' };
  expect(guard.volumeMounts).toContainEqual(data);
  expect(synapse.volumeMounts).toContainEqual(data);
  expect(synapse.lifecycle.preStop.exec.command).toEqual([
    'python3',
    '/config/epoch-guard.py',
    'note',
    '/config/homeserver.yaml',
  ]);
});

it('names its ports, and probes the first', () => {
  const ports = podOf({ ports: { client: 1, federation: 2, metrics: 3 } }).containers[0].ports;
  expect(ports).toEqual([
    { name: 'client-api', containerPort: 1 },
    { name: 'federation', containerPort: 2 },
    { name: 'metrics', containerPort: 3 },
  ]);
  for (const probe of [synapse.startupProbe, synapse.readinessProbe, synapse.livenessProbe]) {
    expect(probe.httpGet).toEqual({ path: '/health', port: { value: 'client-api' } });
  }
});

it('has ten minutes to change the database for a new version', () => {
  const { periodSeconds, failureThreshold } = synapse.startupProbe;
  expect(periodSeconds * failureThreshold).toBe(600);
});

it('runs on any node, whatever the database, unless it is told where', () => {
  expect(podOf().affinity).toBeUndefined();
  expect(podOf({ postgres: postgresIn(emptyChart()) }).affinity).toBeUndefined();
  const affinity = besideAffinity({ app: 'other' });
  expect(podOf({ affinity }).affinity).toEqual(affinity);
});

it('reads the file of secret settings last, so that it wins', () => {
  const secretFiles = { 'secret-config.yaml': SecretKey.of('mail', 'settings.yaml') };
  const pod = podOf({ secretFiles });
  const [wait, guard, { args, volumeMounts }] = containersOf({ spec: pod });
  expect(args).toEqual(['run', '-c', '/config/homeserver.yaml', '-c', '/secrets/secret-config.yaml']);
  expect(volumeMounts).toContainEqual(expect.objectContaining({ mountPath: '/secrets', readOnly: true }));
  expect(pod.volumes).toContainEqual({
    name: 'secrets',
    projected: {
      defaultMode: 0o440,
      sources: [{ secret: { name: 'mail', items: [{ key: 'settings.yaml', path: 'secret-config.yaml' }] } }],
    },
  });
  // Where the database is stands in the first file alone.
  expect(wait.command).toEqual(['python3', '/config/wait-for-database.py', '/config/homeserver.yaml']);
  expect(guard.command).toContain('/config/homeserver.yaml');
});
