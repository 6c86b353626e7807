import { SYNAPSE_IMAGE } from '../../lib/python/synapse-image';
import { secretsPod } from '../../lib/secrets/secrets-pod';
import type { Manifest } from '../support/manifests';
import { emptyChart, systemIn } from '../support/parts';

const pod: Manifest = secretsPod(systemIn(emptyChart()), {
  account: 'matrix-x',
  container: 'rotate',
  restartPolicy: 'Never',
  script: 'rotate_secrets.py',
  args: ['database'],
});
const [container] = pod.containers;

it('runs a script of its ConfigMap with the plan', () => {
  expect(container.name).toBe('rotate');
  expect(container.command).toEqual(['python3', '/config/rotate_secrets.py', '/config/plan.json', 'database']);
  expect(container.volumeMounts).toContainEqual({ name: 'config', mountPath: '/config', readOnly: true });
  expect(pod.volumes).toContainEqual({ name: 'config', configMap: { name: 'matrix-x' } });
});

it('runs in the image of Synapse, as its user', () => {
  expect([container.image, pod.securityContext.runAsUser]).toEqual([SYNAPSE_IMAGE.reference, SYNAPSE_IMAGE.uid]);
});

it('uses the token of its service account, and does not restart', () => {
  expect([pod.serviceAccountName, pod.restartPolicy]).toEqual(['matrix-x', 'Never']);
  expect(container.volumeMounts).toContainEqual(expect.objectContaining({ name: 'account-token' }));
});

it('prints its output at once, and writes no compiled code', () => {
  expect(container.env.map(({ name }: Manifest) => name)).toEqual(['PYTHONDONTWRITEBYTECODE', 'PYTHONUNBUFFERED']);
});
