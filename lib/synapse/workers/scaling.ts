import { checked } from '../../kubernetes/checks/checked';

/** Limits the pods of a worker: each is a process of its own, and uses at most about one core. */
@checked
export class Scaling {
  /**
   * A fixed number of pods.
   *
   * @throws when it is not a whole number from 1.
   */
  public static fixed(replicas: number): Scaling {
    return new Scaling(replicas, replicas);
  }

  /**
   * As many pods as the load needs, measured by their CPU. The cluster needs metrics-server.
   *
   * @param targetCpu percentage of the CPU request that the pods use on average. @default 70
   * @throws when a number is not valid, or `least` is not below `most`.
   * @see https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/
   */
  public static between(least: number, most: number, targetCpu = 70): Scaling {
    checkRange('between', least, most);
    if (!Number.isInteger(targetCpu) || targetCpu < 10) {
      throw new Error(`targetCpu must be a whole number from 10, got ${targetCpu}: leave it out for 70`);
    }
    return new Scaling(least, most, targetCpu);
  }

  /**
   * As many pods as an autoscaler of your own asks for, such as KEDA. Its object is not rendered.
   *
   * @param most largest number, for which the proxies and the database have room.
   * @throws when a number is not valid, or `least` is not below `most`.
   * @see https://keda.sh/docs/latest/reference/scaledobject-spec/
   */
  public static external(least: number, most: number): Scaling {
    checkRange('external', least, most);
    return new Scaling(least, most);
  }

  private constructor(
    /** Least number of pods. */
    public readonly least: number,
    /** Largest number of pods. */
    public readonly most: number,
    /** Percentage of the CPU request that is aimed at; undefined where this chart renders no autoscaler. */
    public readonly targetCpu?: number,
  ) {
    for (const replicas of [least, most]) {
      if (!Number.isInteger(replicas) || replicas < 1 || replicas > 99) {
        throw new Error(`${replicas} is not a valid number of pods: use a whole number from 1 to 99`);
      }
    }
  }
}

function checkRange(factory: string, least: number, most: number): void {
  if (least >= most) {
    throw new Error(`Scaling.${factory}(${least}, ${most}) leaves nothing to scale: use Scaling.fixed(${least})`);
  }
}
