import { discoveryPod, LISTENER } from '../../lib/discovery/discovery-pod';
import { apartAffinity } from '../../lib/kubernetes/workloads/affinity';
import { resources } from '../../lib/kubernetes/workloads/resources';
import type { Manifest } from '../support/manifests';

const SELECTOR = { app: 'matrix-discovery' };
const pod: Manifest = discoveryPod({
  image: 'example.org/nginx:1',
  resources: resources(10, 16, 64),
  configName: 'the-config',
  dataName: 'the-data',
  selector: SELECTOR,
});
const [container] = pod.containers;

test('nginx reads the configuration that is mounted, and tells its errors to the log', () => {
  expect(container.command).toEqual(['nginx', '-e', 'stderr', '-c', '/etc/matrix-discovery/config/default.conf']);
  expect(container.volumeMounts).toContainEqual({
    name: 'config',
    mountPath: '/etc/matrix-discovery/config',
    readOnly: true,
  });
  expect(pod.volumes.slice(0, 2)).toEqual([
    { name: 'config', configMap: { name: 'the-config' } },
    { name: 'data', configMap: { name: 'the-data' } },
  ]);
});

test('it may write only where its scratch space is', () => {
  const writable = container.volumeMounts.filter(({ readOnly }: Manifest) => !readOnly);
  expect(writable).toEqual([{ name: 'tmp', mountPath: '/tmp' }]);
});

test.each(['startupProbe', 'readinessProbe', 'livenessProbe'])('the %s asks nginx itself', (probe) => {
  expect(container[probe].httpGet).toEqual({ path: '/healthz', port: { value: LISTENER.name } });
  expect(container.ports).toEqual([{ name: LISTENER.name, containerPort: LISTENER.number }]);
});

test('its pods are on different nodes, where there are some', () => {
  expect(pod.affinity).toEqual(apartAffinity(SELECTOR));
});
