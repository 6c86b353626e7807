import { Size } from 'cdk8s';
import type { ContainerLimits } from '../../../lib/kubernetes/container-limits';
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

it('limits CPU when it is set', () => {
  const own = { ...resources(250, 512, 2048), cpuLimit: Cpu.units(2) };
  expect(resourceRequirements(own).limits?.cpu.value).toBe('2');
  expect(() => resourceRequirements({ ...own, cpuLimit: Cpu.millis(249) })).toThrow(/249m .*250m: raise it/);
});

it.each<[string, ContainerLimits, object, object]>([
  ['a ratio of CPU', { cpuLimitRatio: 10 }, { cpu: '20m', memory: '48Mi', disk: '64Mi' }, { cpu: '200m' }],
  ['a least CPU', { minCpu: Cpu.millis(50) }, { cpu: '50m', memory: '48Mi', disk: '64Mi' }, {}],
  [
    'a ratio of a least CPU',
    { minCpu: Cpu.millis(50), cpuLimitRatio: 2.5 },
    { cpu: '50m', memory: '48Mi', disk: '64Mi' },
    { cpu: '125m' },
  ],
  ['a ratio of memory', { maxMemoryRatio: 3 }, { cpu: '20m', memory: '171Mi', disk: '64Mi' }, {}],
  ['a least memory', { minMemory: Size.mebibytes(64) }, { cpu: '20m', memory: '64Mi', disk: '64Mi' }, {}],
  [
    'a least memory above the limit',
    { minMemory: Size.gibibytes(1) },
    { cpu: '20m', memory: '1Gi', disk: '64Mi' },
    { memory: '1Gi' },
  ],
  ['a ratio of storage', { maxStorageRatio: 4 }, { cpu: '20m', memory: '48Mi', disk: '256Mi' }, {}],
])('keeps within %s, by raising what is below', (_, bounds, requests, limits) => {
  const { requests: requested = {}, limits: limited = {} } = resourceRequirements(
    resources(20, 48, 512),
    undefined,
    bounds,
  );
  const textOf = (amounts: { [name: string]: { value: unknown } }) => ({
    cpu: amounts.cpu?.value,
    memory: amounts.memory.value,
    disk: amounts['ephemeral-storage'].value,
  });
  expect(textOf(requested)).toEqual(requests);
  expect(textOf(limited)).toEqual({ cpu: undefined, memory: '512Mi', disk: '1Gi', ...limits });
});

it('raises the request of a CPU limit that is set, so that it is within the ratio', () => {
  const own = { ...resources(20, 48, 512), cpuLimit: Cpu.units(1) };
  const { requests, limits } = resourceRequirements(own, undefined, { cpuLimitRatio: 4 });
  expect([requests?.cpu.value, limits?.cpu.value]).toEqual(['250m', '1']);
});
