import type { Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-27';
import { cpuMillis, formatSize } from './checks/quantities';

/**
 * Bounds for the requests and limits of all containers, for a namespace with a ResourceQuota or LimitRange.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export interface ContainerLimits {
  /**
   * CPU limit of each container, as a multiple of its request: 10 suits most systems.
   *
   * Containers request little CPU, so a low multiple slows them down, and most of all when they start.
   *
   * @default - CPU is not limited
   */
  readonly cpuLimitRatio?: number;
  /** Most that a memory limit may be, as a multiple of its request. Requests are raised to meet it. @default - any */
  readonly maxMemoryRatio?: number;
  /** The same for the limit of ephemeral storage. @default - any */
  readonly maxStorageRatio?: number;
  /** Least CPU that each container requests. @default - any */
  readonly minCpu?: Cpu;
  /** Least memory that each container requests. @default - any */
  readonly minMemory?: Size;
}

/** @throws when a ratio is below 1, or an amount is not valid. */
export function checkContainerLimits(limits: ContainerLimits): void {
  const { cpuLimitRatio, maxMemoryRatio, maxStorageRatio, minCpu, minMemory } = limits;
  for (const [name, ratio] of Object.entries({ cpuLimitRatio, maxMemoryRatio, maxStorageRatio })) {
    if (ratio !== undefined && !(Number.isFinite(ratio) && ratio >= 1)) {
      throw new Error(`pods.limits.${name} must be a number from 1, got ${ratio}: use the ratio of the LimitRange`);
    }
  }
  if (minCpu !== undefined) {
    cpuMillis(minCpu);
  }
  if (minMemory !== undefined) {
    formatSize(minMemory);
  }
}
