import { Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-27';
import { cpuMillis, cpuQuantity, quantity } from '../checks/quantities';
import type { ContainerLimits } from '../container-limits';
import { Cpu as CpuAmount, type k8s } from '../k8s';

/** Disk space for a container's log. The kubelet keeps 50Mi by default, and many nodes are configured to keep more. */
const LOG = { request: Size.mebibytes(64), limit: Size.gibibytes(1) };

/** Requests and limits of a container. CPU is not limited by default: a limit slows down starts and migrations. */
export interface Resources {
  /** CPU that is reserved. */
  readonly cpu: Cpu;
  /** CPU above which the container is slowed down. @default - not limited, or by `limits` of all pods */
  readonly cpuLimit?: Cpu;
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
 * @param bounds bounds of all containers of the system; amounts outside are raised.
 * @throws when a limit is below its request.
 * @see https://kubernetes.io/docs/concepts/storage/ephemeral-storage/
 */
export function resourceRequirements(
  props: Resources,
  scratch = Size.mebibytes(0),
  bounds: ContainerLimits = {},
): k8s.ResourceRequirements {
  checkLimits(props);
  const cpu = cpuAmounts(props, bounds);
  const minMemory = bounds.minMemory?.toMebibytes() ?? 0;
  const memoryLimit = Math.max(props.memoryLimit.toMebibytes(), minMemory);
  const memory = Math.max(props.memory.toMebibytes(), minMemory, leastRequest(memoryLimit, bounds.maxMemoryRatio));
  const diskLimit = LOG.limit.toMebibytes() + scratch.toMebibytes();
  const disk = Math.max(LOG.request.toMebibytes(), leastRequest(diskLimit, bounds.maxStorageRatio));
  return {
    requests: {
      cpu: cpuQuantity(cpu.request),
      memory: quantity(Size.mebibytes(memory)),
      'ephemeral-storage': quantity(Size.mebibytes(disk)),
    },
    limits: {
      ...(cpu.limit === undefined ? {} : { cpu: cpuQuantity(cpu.limit) }),
      memory: quantity(Size.mebibytes(memoryLimit)),
      'ephemeral-storage': quantity(Size.mebibytes(diskLimit)),
    },
  };
}

function cpuAmounts({ cpu, cpuLimit }: Resources, { minCpu, cpuLimitRatio }: ContainerLimits) {
  const given = cpuLimit && cpuMillis(cpuLimit);
  const request = Math.max(cpuMillis(cpu), minCpu ? cpuMillis(minCpu) : 0, leastRequest(given ?? 0, cpuLimitRatio));
  return {
    request,
    limit: given === undefined ? cpuLimitRatio && Math.floor(request * cpuLimitRatio) : Math.max(given, request),
  };
}

/** Returns the least request that may have this limit. */
function leastRequest(limit: number, ratio = Number.POSITIVE_INFINITY): number {
  return Math.ceil(limit / ratio);
}

function checkLimits({ cpu, cpuLimit, memory, memoryLimit }: Resources): void {
  if (memoryLimit.toMebibytes() < memory.toMebibytes()) {
    throw new Error(
      `memoryLimit ${memoryLimit.toMebibytes()}Mi is below the request of ${memory.toMebibytes()}Mi: raise it, or lower memory`,
    );
  }
  if (cpuLimit && cpuMillis(cpuLimit) < cpuMillis(cpu)) {
    throw new Error(
      `cpuLimit ${cpuMillis(cpuLimit)}m is below the request of ${cpuMillis(cpu)}m: raise it, or lower cpu`,
    );
  }
}
