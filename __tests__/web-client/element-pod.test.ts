import { resources } from '../../lib/kubernetes/workloads/resources';
import { elementPod } from '../../lib/web-client/element-pod';
import { emptyChart, systemIn } from '../support/parts';

it('runs nginx with our settings, and writes only to /tmp', () => {
  const pod = elementPod(systemIn(emptyChart()), resources(10, 16, 64), 'element', { app: 'element' });
  const [container] = pod.containers;
  expect(container.command).toEqual(['nginx', '-e', 'stderr', '-c', '/etc/matrix-element/nginx.conf']);
  expect(container.securityContext?.readOnlyRootFilesystem).toBe(true);
  const writable = container.volumeMounts?.filter(({ readOnly }) => !readOnly).map(({ mountPath }) => mountPath);
  expect(writable).toEqual(['/tmp']);
});
