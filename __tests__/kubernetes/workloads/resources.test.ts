import { Size } from 'cdk8s';
import { Cpu } from '../../../lib/kubernetes/k8s';
import { resourceRequirements, resources } from '../../../lib/kubernetes/workloads/resources';

it('requests CPU, memory and disk for a log, and limits all but CPU', () => {
  expect(resourceRequirements(resources(250, 512, 2048))).toEqual({
    requests: { cpu: { value: '250m' }, memory: { value: '512Mi' }, 'ephemeral-storage': { value: '64Mi' } },
    limits: { memory: { value: '2Gi' }, 'ephemeral-storage': { value: '1Gi' } },
  });
});

it('adds the size of scratch volumes to the disk limit, so that full volumes do not end the pod', () => {
  const { requests, limits } = resourceRequirements(resources(250, 512, 2048), Size.mebibytes(100));
  expect([requests, limits].map((one) => one?.['ephemeral-storage'].value)).toEqual(['64Mi', '1124Mi']);
});

it('accepts a memory limit equal to the request, and whole cores', () => {
  const memory = Size.gibibytes(1);
  expect(resourceRequirements({ cpu: Cpu.units(2), memory, memoryLimit: memory })).toMatchObject({
    requests: { cpu: { value: '2' }, memory: { value: '1Gi' } },
    limits: { memory: { value: '1Gi' } },
  });
});

it('refuses a limit below the request', () => {
  expect(() => resourceRequirements(resources(250, 512, 511))).toThrow(/511Mi .*512Mi: raise it/);
});
