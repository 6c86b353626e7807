import { seededRandom } from '../support/stream';
import type { CrashBench } from './bench';
import { look, waitForLog } from './repository';
import { type Restored, Restores } from './restores';
import { Steps } from './steps';
import { Tally, type Victim } from './tally';

/** Every so many rounds all sets are restored. */
const ALL_SETS = 5;
/** More sets than that make the log long that is read to restore the oldest. */
const MANY_SETS = 2;
const MAKERS: Victim[] = ['copy', 'store', 'ship', 'prune'];

/** Kills one job after another at seeded moments, and proves that nothing is lost. */
export class Campaign {
  public readonly tally = new Tally();
  private readonly steps: Steps;
  private readonly restores: Restores;

  constructor(bench: CrashBench, seed: number) {
    this.steps = new Steps(bench, this.tally, seededRandom(seed));
    this.restores = new Restores(this.steps);
  }

  public async run(kills: number): Promise<void> {
    await this.backup();
    await this.restores.prove({ place: '', discard: false });
    for (let round = 1; this.tally.kills < kills; round++) {
      const begun = Date.now();
      await this.round();
      if (round % ALL_SETS === 0) {
        await this.restoreAll();
      }
      this.tally.longestRound = Math.max(this.tally.longestRound, (Date.now() - begun) / 1000);
      process.stdout.write(`${this.tally.kills} kills\n`);
    }
    await this.restoreAll();
  }

  /** Kills what makes or removes sets, and the restore that shows that this did no harm, each once or more; then both are run again. */
  private async round(): Promise<void> {
    const { random } = this.steps;
    const victim = MAKERS[Math.floor(random() * MAKERS.length)];
    let { sets } = await look(this.steps);
    for (let times = this.steps.times(4); times > 0; times--) {
      await this.killMaker(victim);
      const after = await look(this.steps);
      if (after.sets.length === 0 || (victim !== 'prune' && !sets.every((id) => after.sets.includes(id)))) {
        throw new Error(`sets are gone: there were ${sets}, and after ${victim} was killed ${after.sets}`);
      }
      sets = after.sets;
    }
    const restored: Restored = {
      place: random() < 0.4 ? '-elsewhere' : '',
      discard: random() < 0.5,
      set: random() < 0.25 ? sets[Math.floor(random() * sets.length)] : undefined,
    };
    for (let times = this.steps.times(4); times > 0; times--) {
      await this.restores.kill(random() < 0.35 ? 'fetch' : 'database', restored);
    }
    await this.restores.prove(restored);
    if (random() < 0.2) {
      await this.restores.takeBack();
    }
    if (victim === 'prune' || sets.length > MANY_SETS) {
      await this.steps.run('prune', true);
    }
    await this.backup();
    this.tally.again++;
  }

  private async killMaker(victim: Victim): Promise<void> {
    const { bench, random } = this.steps;
    if (victim === 'store') {
      await this.steps.run('copy', true);
    }
    if (victim === 'ship') {
      this.tally.count('ship', (await bench.killAgent(random() * 0.4)).killed);
      await bench.startAgent();
    } else {
      await this.steps.kill(victim, victim, victim !== 'store');
    }
    if (victim === 'prune' || random() < 0.3) {
      await waitForLog(this.steps, victim);
    }
  }

  private async backup(): Promise<void> {
    await this.steps.run('copy', true);
    await this.steps.run('store');
  }

  private async restoreAll(): Promise<void> {
    for (const set of (await look(this.steps)).sets) {
      await this.restores.prove({ place: '', set, discard: true }, true);
    }
  }
}
