import { Size } from 'cdk8s';
import { Cpu, k8s } from './k8s';
import { quantity } from './quantities';

/**
 * How many people a system is for. A small one asks for what an idle system needs, and may grow to its memory limit.
 *
 * @see https://ems-docs.element.io/books/element-server-suite-documentation-lts-2410/page/requirements-and-recommendations
 */
export enum SystemSize {
  /** Up to 500 people. */
  SMALL = 'small',
  /** Up to 2,500 people. */
  MEDIUM = 'medium',
  /** Up to 10,000 people. */
  LARGE = 'large',
}

/** What a container asks for and where it ends. There is no CPU limit: it would throttle start-up and migrations. */
export interface Resources {
  /** CPU that is reserved. */
  readonly cpu: Cpu;
  /** Memory that is reserved. */
  readonly memory: Size;
  /** Memory above which the container is killed. */
  readonly memoryLimit: Size;
}

/** Short form of {@link Resources}: thousandths of a core, mebibytes, mebibytes. */
export function resources(cpuMillis: number, memoryMebibytes: number, memoryLimitMebibytes: number): Resources {
  return {
    cpu: Cpu.millis(cpuMillis),
    memory: Size.mebibytes(memoryMebibytes),
    memoryLimit: Size.mebibytes(memoryLimitMebibytes),
  };
}

/**
 * The requirements of a container.
 *
 * @throws when the memory limit is below the request.
 */
export function resourceRequirements({ cpu, memory, memoryLimit }: Resources): k8s.ResourceRequirements {
  if (memoryLimit.toMebibytes() < memory.toMebibytes()) {
    throw new Error(
      `memoryLimit ${memoryLimit.toMebibytes()}Mi is below the request of ${memory.toMebibytes()}Mi: raise it, or ask for less`,
    );
  }
  return {
    requests: { cpu: k8s.Quantity.fromString(String(cpu.amount)), memory: quantity(memory) },
    limits: { memory: quantity(memoryLimit) },
  };
}
