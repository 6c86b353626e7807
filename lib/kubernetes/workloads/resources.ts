import { Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-27';
import { quantity } from '../checks/quantities';
import { Cpu as CpuAmount, k8s } from '../k8s';

/** What is kept of a container's log on the node's disk: kubelet's default is five files of 10Mi, and many nodes are set to more. */
const LOG = { request: Size.mebibytes(64), limit: Size.gibibytes(1) };

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
    cpu: CpuAmount.millis(cpuMillis),
    memory: Size.mebibytes(memoryMebibytes),
    memoryLimit: Size.mebibytes(memoryLimitMebibytes),
  };
}

/**
 * The requirements of a container.
 *
 * @param scratch what the pod's scratch volumes may take of the node's disk: it counts against the limits of its containers.
 * @throws when the memory limit is below the request.
 * @see https://kubernetes.io/docs/concepts/storage/ephemeral-storage/
 */
export function resourceRequirements(
  { cpu, memory, memoryLimit }: Resources,
  scratch = Size.mebibytes(0),
): k8s.ResourceRequirements {
  if (memoryLimit.toMebibytes() < memory.toMebibytes()) {
    throw new Error(
      `memoryLimit ${memoryLimit.toMebibytes()}Mi is below the request of ${memory.toMebibytes()}Mi: raise it, or ask for less`,
    );
  }
  return {
    requests: {
      cpu: k8s.Quantity.fromString(String(cpu.amount)),
      memory: quantity(memory),
      'ephemeral-storage': quantity(LOG.request),
    },
    limits: {
      memory: quantity(memoryLimit),
      'ephemeral-storage': quantity(Size.mebibytes(LOG.limit.toMebibytes() + scratch.toMebibytes())),
    },
  };
}
