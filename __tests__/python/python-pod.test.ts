import { SecretKey } from '../../lib';
import { resources } from '../../lib/kubernetes/workloads/resources';
import { pythonPod, SECRETS_FOLDER } from '../../lib/python/python-pod';
import { emptyChart, systemIn } from '../support/parts';

const POD = pythonPod(systemIn(emptyChart()), {
  name: 'pong',
  program: 'pong.py',
  configMapName: 'matrix-pong',
  secrets: { password: SecretKey.fromSecretName('vault', 'key') },
  resources: resources(10, 32, 128),
});
const [CONTAINER] = POD.containers;

it('runs the program of the ConfigMap in the image of Synapse', () => {
  expect(CONTAINER.command).toEqual(['python3', '/config/pong.py']);
  expect(CONTAINER.image).toMatch(/synapse:v/);
  expect(POD.securityContext?.runAsUser).toBe(991);
  expect(POD.volumes?.find(({ name }) => name === 'config')?.configMap?.name).toBe('matrix-pong');
});

it('has its secrets as files, read-only', () => {
  expect(CONTAINER.volumeMounts).toContainEqual({ name: 'secrets', mountPath: SECRETS_FOLDER, readOnly: true });
  const [source] = POD.volumes?.find(({ name }) => name === 'secrets')?.projected?.sources ?? [];
  expect(source.secret).toMatchObject({ name: 'vault', items: [{ key: 'key', path: 'password' }] });
});

it('keeps failed pods, so that their logs can be read', () => {
  expect(POD.restartPolicy).toBe('Never');
});
