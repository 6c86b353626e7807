import { renderBackends, renderRoutes } from '../../lib/edge/proxy/backends';
import { HAPROXY_IMAGE } from '../../lib/edge/proxy/haproxy-image';
import { configVolume } from '../../lib/kubernetes/workloads/volumes';
import { type Combination, combinations } from '../support/proxy-files';
import { WORKERS } from '../support/worker-backends';
import { kubectl } from './support/kubectl';
import { makeNamespace, removeNamespace } from './support/system';

const NAMESPACE = 'matrix-e2e-haproxy';
const FOLDER = '/combinations';

const [first, ...others] = combinations();
const changed = (name: string, file: string, change: (text: string) => string): Combination => ({
  name,
  files: { ...first.files, [file]: change(first.files[file]) },
});
const withWorkers: Combination = {
  name: 'workers',
  files: {
    ...first.files,
    '40-public.cfg': `${first.files['40-public.cfg']}${renderRoutes('public', WORKERS)}`,
    '80-backends.cfg': `${first.files['80-backends.cfg']}${renderBackends(WORKERS)}`,
  },
};
const RIGHT = [first, ...others, withWorkers];
const WRONG = [
  { ...changed('unknown-port', '80-backends.cfg', (text) => text.replace(':7008', ':none')), message: 'none' },
  {
    ...changed('unknown-backend', '80-backends.cfg', (text) => text.replace('backend login ', 'backend log_in ')),
    message: "'login'",
  },
  { ...changed('warning', '40-public.cfg', (text) => `${text}  http-request deny\n`), message: 'use_backend' },
];

const configMap = ({ name, files }: Combination) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data: files,
});

/** Mounts each configuration as a ConfigMap volume, as the proxy does: a folder of links. */
const pod = (all: Combination[]) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'haproxy' },
  spec: {
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 0,
    securityContext: { runAsNonRoot: true, runAsUser: HAPROXY_IMAGE.uid, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'haproxy',
        image: HAPROXY_IMAGE.reference,
        command: ['sleep', '600'],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        volumeMounts: all.map(({ name }) => ({ name, mountPath: `${FOLDER}/${name}` })),
      },
    ],
    volumes: all.map(({ name }) => configVolume(name, name)),
  },
});

beforeAll(async () => {
  await removeNamespace(NAMESPACE);
  await makeNamespace(NAMESPACE, { 'pod-security.kubernetes.io/enforce': 'restricted' });
  const all = [...RIGHT, ...WRONG];
  const items = [...all.map(configMap), pod(all)];
  await kubectl(['apply', '-n', NAMESPACE, '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  await kubectl(['wait', '-n', NAMESPACE, '--for=condition=Ready', 'pod/haproxy', '--timeout=120s']);
}, 180_000);
afterAll(() => removeNamespace(NAMESPACE), 120_000);

/** Lets HAProxy check a folder; warnings count as errors. */
const check = (name: string) =>
  kubectl(['exec', '-n', NAMESPACE, 'haproxy', '--', 'haproxy', '-dW', '-c', '-f', `${FOLDER}/${name}`]);

it.each(RIGHT.map(({ name }) => name))('HAProxy accepts the configuration of %s', async (name) => {
  await check(name);
});

it.each(WRONG.map(({ name, message }) => [name, message]))(
  'HAProxy refuses the configuration of %s',
  async (name, message) => {
    await expect(check(name)).rejects.toThrow(message);
  },
);
