import { discoveryPod, LISTENER } from '../../lib/discovery/discovery-pod';
import { apartAffinity } from '../../lib/kubernetes/workloads/affinity';
import { resources } from '../../lib/kubernetes/workloads/resources';
import type { Manifest } from '../support/manifests';
import { emptyChart, systemIn } from '../support/parts';

const SELECTOR = { app: 'matrix-discovery' };
const pod: Manifest = discoveryPod(systemIn(emptyChart()), {
  resources: resources(10, 16, 64),
  configName: 'the-config',
  dataName: 'the-data',
  selector: SELECTOR,
});
const [container] = pod.containers;

test('reads the mounted configuration, and logs errors to stderr', () => {
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

test('writes only to its scratch space', () => {
  const writable = container.volumeMounts.filter(({ readOnly }: Manifest) => !readOnly);
  expect(writable).toEqual([{ name: 'tmp', mountPath: '/tmp' }]);
});

test.each(['startupProbe', 'readinessProbe', 'livenessProbe'])('the %s requests /healthz', (probe) => {
  expect(container[probe].httpGet).toEqual({ path: '/healthz', port: { value: LISTENER.name } });
  expect(container.ports).toEqual([{ name: LISTENER.name, containerPort: LISTENER.number }]);
});

test('prefers different nodes for its pods', () => {
  expect(pod.affinity).toEqual(apartAffinity(SELECTOR));
});
