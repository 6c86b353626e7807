import { tokenServicePod } from '../../../lib/calls/token-service/token-service-pod';
import { resources } from '../../../lib/kubernetes/workloads/resources';
import { emptyChart, systemIn } from '../../support/parts';

it('runs the program with its files and its secrets, which are read again each time', () => {
  const chart = emptyChart();
  const pod = tokenServicePod({
    system: systemIn(chart),
    configMapName: 'config',
    secrets: { as_token: { secretName: 's', key: 'k' } },
    resources: resources(10, 64, 192),
    selector: { app: 'tokens' },
  });
  const [container] = pod.containers;
  expect(container.command).toEqual(['python3', '/config/token_service.py']);
  expect(container.ports?.map(({ containerPort }) => containerPort)).toEqual([3010, 9090]);
  expect(container.env?.every(({ valueFrom }) => valueFrom === undefined)).toBe(true);
  expect(pod.securityContext?.runAsUser).toBe(991);
});
