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
    if (least >= most) {
      throw new Error(`Scaling.between(${least}, ${most}) leaves nothing to scale: use Scaling.fixed(${least})`);
    }
    if (!Number.isInteger(targetCpu) || targetCpu < 10) {
      throw new Error(`targetCpu must be a whole number from 10, got ${targetCpu}: leave it out for 70`);
    }
    return new Scaling(least, most, targetCpu);
  }

  private constructor(
    /** Least number of pods. */
    public readonly least: number,
    /** Largest number of pods. */
    public readonly most: number,
    /** Percentage of the CPU request that is aimed at; undefined for a fixed number. */
    public readonly targetCpu?: number,
  ) {
    for (const replicas of [least, most]) {
      if (!Number.isInteger(replicas) || replicas < 1 || replicas > 99) {
        throw new Error(`${replicas} is not a valid number of pods: use a whole number from 1 to 99`);
      }
    }
  }
}
