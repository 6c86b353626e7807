import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { checkContainerLimits } from '../../lib/kubernetes/container-limits';
import { untyped } from '../support/parts';

it('accepts no bound, and all of them', () => {
  expect(() => checkContainerLimits({})).not.toThrow();
  const amounts = { minCpu: Cpu.millis(10), minMemory: Size.mebibytes(16) };
  expect(() =>
    checkContainerLimits({ ...amounts, cpuLimitRatio: 1, maxMemoryRatio: 1.5, maxStorageRatio: 8 }),
  ).not.toThrow();
});

it.each(['cpuLimitRatio', 'maxMemoryRatio', 'maxStorageRatio'])('fails when %s is not a number from 1', (name) => {
  for (const ratio of [0, 0.5, -2, Number.NaN, Number.POSITIVE_INFINITY, untyped<number>('4')]) {
    expect(() => checkContainerLimits({ [name]: ratio })).toThrow(
      `pods.limits.${name} must be a number from 1, got ${ratio}`,
    );
  }
});

it('fails when an amount is not valid', () => {
  expect(() => checkContainerLimits({ minCpu: Cpu.millis(0) })).toThrow("'0m' is not a valid amount of CPU");
  expect(() => checkContainerLimits({ minMemory: Size.mebibytes(1.5) })).toThrow('1.5Mi is not a whole number');
});
