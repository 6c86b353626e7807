import type { CrashBench, Ended } from './bench';
import type { Tally, Victim } from './tally';

/** Steps of jobs: run to their end, or killed at a seeded moment of it. */
export class Steps {
  /** Seconds that each takes if it is not killed, with the start of its container; measured during the run. */
  private readonly usual: { [step: string]: number } = {
    copy: 1.8,
    store: 1.2,
    prune: 0.9,
    fetch: 0.7,
    database: 2.5,
    undo: 0.1,
  };

  constructor(
    public readonly bench: CrashBench,
    public readonly tally: Tally,
    /** From 0 to 1. */
    public readonly random: () => number,
  ) {}

  /** At least once. */
  public times(most: number): number {
    return 1 + Math.floor(this.random() * most);
  }

  /** Runs a step; it must succeed. */
  public async run(container: string, fresh = false, step: string = container): Promise<void> {
    const { seconds } = await this.must(this.bench.step(container, { fresh }), step);
    const before = this.usual[step] ?? seconds;
    // Rather too early than too late.
    this.usual[step] = Math.min(seconds, 0.8 * before + 0.2 * seconds);
  }

  /** Runs one of the test's own scripts, and returns what it said. */
  public async script(container: string, name: string, ...args: string[]): Promise<string> {
    return (await this.must(this.bench.script(container, name, ...args), name)).said;
  }

  /** Kills a step in the middle. */
  public async kill(victim: Victim, container: string, fresh: boolean): Promise<void> {
    const killAfter = this.random() * this.usual[victim];
    const ended = await this.bench.step(container, { fresh, killAfter });
    if (!ended.killed && !ended.succeeded) {
      throw new Error(`${container} failed before it was killed: ${ended.said}`);
    }
    this.tally.count(victim, ended.killed);
  }

  private async must(step: Promise<Ended>, name: string): Promise<Ended> {
    const ended = await step;
    if (!ended.succeeded) {
      throw new Error(`${name} failed, after kill ${this.tally.kills}: ${ended.said}`);
    }
    return ended;
  }
}
