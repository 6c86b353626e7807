import { Size } from 'cdk8s';
import { Cpu } from '../../lib/kubernetes/k8s';
import { resourceRequirements, resources } from '../../lib/kubernetes/resources';

it('asks for CPU and memory, and limits only memory', () => {
  expect(resourceRequirements(resources(250, 512, 2048))).toEqual({
    requests: { cpu: { value: '250m' }, memory: { value: '512Mi' } },
    limits: { memory: { value: '2Gi' } },
  });
});

it('may limit memory to what it asks for, and take whole cores', () => {
  const memory = Size.gibibytes(1);
  expect(resourceRequirements({ cpu: Cpu.units(2), memory, memoryLimit: memory })).toEqual({
    requests: { cpu: { value: '2' }, memory: { value: '1Gi' } },
    limits: { memory: { value: '1Gi' } },
  });
});

it('fails when the limit is below the request', () => {
  expect(() => resourceRequirements(resources(250, 512, 511))).toThrow(
    'memoryLimit 511Mi is below the request of 512Mi: raise it, or ask for less',
  );
});
