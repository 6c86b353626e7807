import { type ProxyPodProps, proxyPod } from '../../../lib/edge/proxy/proxy-pod';
import { apartAffinity } from '../../../lib/kubernetes/workloads/affinity';
import { resources } from '../../../lib/kubernetes/workloads/resources';
import { emptyChart, systemIn } from '../../support/parts';

const BASE: ProxyPodProps = {
  resources: resources(10, 16, 256),
  configMapName: 'matrix-edge',
  selector: { app: 'matrix-edge' },
  hosts: ['matrix-synapse-main', 'matrix-discovery'],
};

it('starts with the host names to wait for, and reads everything else from the ConfigMap', () => {
  const { containers, volumes } = proxyPod(systemIn(emptyChart()), BASE);
  expect(containers[0]).not.toHaveProperty('env');
  expect(containers[0].command).toEqual([
    'sh',
    '/etc/matrix-edge/start-proxy.sh',
    'matrix-synapse-main',
    'matrix-discovery',
  ]);
  expect(volumes).toEqual([{ name: 'config', configMap: { name: 'matrix-edge' } }]);
});

it('has time for long polls to end at its shutdown', () => {
  expect(proxyPod(systemIn(emptyChart()), BASE).terminationGracePeriodSeconds).toBeGreaterThan(45);
});

it('prefers different nodes for its pods', () => {
  expect(proxyPod(systemIn(emptyChart()), BASE).affinity).toEqual(apartAffinity(BASE.selector));
});

it('restarts no proxy that only leads nowhere', () => {
  const [{ readinessProbe, livenessProbe }] = proxyPod(systemIn(emptyChart()), BASE).containers;
  expect([readinessProbe?.httpGet?.path, livenessProbe?.httpGet?.path]).toEqual(['/health', '/alive']);
});
