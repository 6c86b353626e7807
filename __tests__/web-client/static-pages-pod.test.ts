import { resources } from '../../lib/kubernetes/workloads/resources';
import { staticPagesPod } from '../../lib/web-client/static-pages-pod';
import { emptyChart, systemIn } from '../support/parts';

it('runs nginx with our settings, and writes only to /tmp', () => {
  const pod = staticPagesPod(systemIn(emptyChart()), {
    image: { name: 'pages', reference: 'registry.example.org/pages:1', uid: 101 },
    container: 'pages',
    portName: 'http-pages',
    resources: resources(10, 16, 64),
    configName: 'pages',
    selector: { app: 'pages' },
  });
  const [container] = pod.containers;
  expect(container.command).toEqual(['nginx', '-e', 'stderr', '-c', '/etc/matrix-element/nginx.conf']);
  expect(container.securityContext?.readOnlyRootFilesystem).toBe(true);
  const writable = container.volumeMounts?.filter(({ readOnly }) => !readOnly).map(({ mountPath }) => mountPath);
  expect(writable).toEqual(['/tmp']);
});
