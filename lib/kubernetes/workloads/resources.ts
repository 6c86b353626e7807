import { Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-27';
import { cpuQuantity, quantity } from '../checks/quantities';
import { Cpu as CpuAmount, type k8s } from '../k8s';

/** Disk space for a container's log. The kubelet keeps 50Mi by default, and many nodes are configured to keep more. */
const LOG = { request: Size.mebibytes(64), limit: Size.gibibytes(1) };

/** Requests and limits of a container. CPU is not limited: a limit would throttle start-up and migrations. */
export interface Resources {
  /** CPU that is reserved. */
  readonly cpu: Cpu;
  /** Memory that is reserved. */
  readonly memory: Size;
  /** Memory above which the container is killed. */
  readonly memoryLimit: Size;
}

/** Creates {@link Resources} from thousandths of a core and mebibytes. */
export function resources(cpuMillis: number, memoryMebibytes: number, memoryLimitMebibytes: number): Resources {
  return {
    cpu: CpuAmount.millis(cpuMillis),
    memory: Size.mebibytes(memoryMebibytes),
    memoryLimit: Size.mebibytes(memoryLimitMebibytes),
  };
}

/**
 * Returns the resource requirements of a container.
 *
 * @param scratch total size of the pod's scratch volumes on disk, which counts against the limit of its containers.
 * @throws when the memory limit is below the request.
 * @see https://kubernetes.io/docs/concepts/storage/ephemeral-storage/
 */
export function resourceRequirements(
  { cpu, memory, memoryLimit }: Resources,
  scratch = Size.mebibytes(0),
): k8s.ResourceRequirements {
  if (memoryLimit.toMebibytes() < memory.toMebibytes()) {
    throw new Error(
      `memoryLimit ${memoryLimit.toMebibytes()}Mi is below the request of ${memory.toMebibytes()}Mi: raise it, or lower memory`,
    );
  }
  return {
    requests: {
      cpu: cpuQuantity(cpu),
      memory: quantity(memory),
      'ephemeral-storage': quantity(LOG.request),
    },
    limits: {
      memory: quantity(memoryLimit),
      'ephemeral-storage': quantity(Size.mebibytes(LOG.limit.toMebibytes() + scratch.toMebibytes())),
    },
  };
}
