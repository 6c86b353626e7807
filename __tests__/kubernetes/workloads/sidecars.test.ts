import type { k8s } from '../../../lib/kubernetes/k8s';
import { hardenedPod } from '../../../lib/kubernetes/workloads/hardened-pod';
import { resources } from '../../../lib/kubernetes/workloads/resources';
import { podWithSidecars } from '../../../lib/kubernetes/workloads/sidecars';
import type { Manifest } from '../../support/manifests';

const CONTAINER = { image: 'example.org/tool:v1', resources: resources(10, 16, 32) };

const POD: k8s.PodSpec = hardenedPod({
  uid: 70,
  initContainers: ['fetch', 'postgres', 'synapse'].map((name) => ({ ...CONTAINER, name })),
  containers: [{ ...CONTAINER, name: 'check' }],
});

const stays = (names: string[]) =>
  (podWithSidecars(POD, names).initContainers as Manifest[]).map(({ name, restartPolicy }) => [name, restartPolicy]);

it('keeps the containers that are named running beside the others', () => {
  expect(stays(['postgres', 'synapse'])).toEqual([
    ['fetch', undefined],
    ['postgres', 'Always'],
    ['synapse', 'Always'],
  ]);
});

it('is the pod as it was when none is named, as plain data', () => {
  const { initContainers, ...rest } = podWithSidecars(POD, []);
  expect(stays([]).every(([, policy]) => policy === undefined)).toBe(true);
  expect(rest).toMatchObject({ automountServiceAccountToken: false, containers: [{ name: 'check' }] });
  expect((initContainers as Manifest[])[0].resources).toMatchObject({
    requests: { cpu: '10m', memory: '16Mi' },
    limits: { memory: '32Mi' },
  });
});

it('takes a pod without init containers', () => {
  expect(podWithSidecars({ containers: [] }, [])).toEqual({ containers: [], initContainers: undefined });
});

it.each([
  ['there is no such container', 'valkey'],
  ['it is a container that the pod ends with', 'check'],
])('fails when %s', (_, name) => {
  const make = () => podWithSidecars(POD, ['postgres', name]);
  expect(make).toThrow(`'${name}' is no init container of the pod`);
  expect(make).toThrow('sidecars are written among the initContainers');
});
