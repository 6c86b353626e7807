import { seededRandom } from '../support/stream';
import type { CrashBench, Ended } from './bench';
import { Tally, type Victim } from './tally';

/** Seconds of acknowledged rows that a loss may take: the least that a deployment can be given. */
const RECOVERY_POINT = 20;
/** Every so many rounds all sets are restored. */
const ALL_SETS = 8;
const MAKERS: Victim[] = ['copy', 'store', 'ship', 'prune'];

/** What `look.py` says. */
interface Look {
  readonly sets: string[];
  readonly damage: string[];
  /** Number of the row that must be restored, and all before it. */
  readonly must: number;
  /** Seconds since log was last put into the repository. */
  readonly age: number;
}

/** Kills one job after another at seeded moments, and proves after each that nothing is lost. */
export class Campaign {
  public readonly tally = new Tally();
  private readonly random: () => number;
  /** How long a step takes when nobody kills it. */
  private readonly usual: { [step: string]: number } = { copy: 1.8, store: 1.2, prune: 0.9, fetch: 0.7, database: 2.5 };
  private generation = 0;

  constructor(
    private readonly bench: CrashBench,
    seed: number,
  ) {
    this.random = seededRandom(seed);
  }

  public async run(kills: number): Promise<Tally> {
    await this.backup();
    await this.restore(await this.look());
    for (let round = 1; this.tally.kills < kills; round++) {
      const begun = Date.now();
      await this.round(MAKERS[Math.floor(this.random() * MAKERS.length)]);
      if (round % ALL_SETS === 0) {
        await this.restoreAll();
      }
      this.tally.longestRound = Math.max(this.tally.longestRound, (Date.now() - begun) / 1000);
    }
    await this.restoreAll();
    return this.tally;
  }

  /** Kills what makes or removes sets, then twice the restore that proves that this did no harm; then the job is run again. */
  private async round(victim: Victim): Promise<void> {
    const before = await this.look();
    await this.killMaker(victim);
    const after = await this.look();
    const lost = victim === 'prune' ? [] : before.sets.filter((id) => !after.sets.includes(id));
    if (lost.length > 0 || after.sets.length === 0) {
      throw new Error(`sets are gone: ${before.sets} before, ${after.sets} after ${victim} was killed`);
    }
    const place = this.random() < 0.4 ? '-elsewhere' : '';
    const set = this.random() < 0.3 ? after.sets[Math.floor(this.random() * after.sets.length)] : undefined;
    for (const step of ['fetch', 'database'] as const) {
      await this.killRestore(step, place, set);
    }
    await this.restore(await this.look(), place, set);
    if (victim === 'prune') {
      await this.must(this.bench.step('prune', { fresh: true }), 'prune');
    } else if (victim !== 'ship') {
      await this.backup();
    }
    this.tally.again++;
  }

  private async killMaker(victim: Victim): Promise<void> {
    if (victim === 'store') {
      await this.must(this.bench.step('copy', { fresh: true }), 'copy');
    }
    if (victim === 'ship') {
      this.tally.count('ship', (await this.bench.killAgent(this.random() * 0.4)).killed);
      await this.bench.startAgent();
    } else {
      await this.kill(victim, victim, victim !== 'store');
    }
    // What it has locked must not keep log out.
    if (victim === 'prune' || this.random() < 0.3) {
      await this.waitForLog(victim);
    }
  }

  private async waitForLog(victim: Victim): Promise<void> {
    const killedAt = Date.now();
    for (let passed = 0; ; ) {
      await new Promise((done) => setTimeout(done, 1000));
      const { age } = await this.look();
      passed = (Date.now() - killedAt) / 1000;
      if (age < passed) {
        this.tally.longestWait = Math.max(this.tally.longestWait, passed);
        return;
      }
      if (passed > RECOVERY_POINT) {
        throw new Error(`no log has come to the repository for ${age} s, ${passed} s after ${victim} was killed`);
      }
    }
  }

  /** Kills a restore in one of its steps. What was there before must be there still; at times it is put back. */
  private async killRestore(step: 'fetch' | 'database', place: string, set?: string): Promise<void> {
    await this.choose(place, set ? { set } : {});
    if (step === 'database') {
      await this.must(this.bench.step(`fetch${place}`, { fresh: true }), 'fetch');
    }
    await this.kill(step, `${step}${place}`, step === 'fetch');
    const { said } = await this.mustScript('database', 'old-one.sh', `${this.generation}`);
    if (said.includes('MARKED') && this.random() < 0.4) {
      await this.undo(place);
    }
  }

  /** The other way out of a restore that was broken off; it is killed too. */
  private async undo(place: string): Promise<void> {
    await this.choose(place, { undo: 'true' });
    for (let killAfter: number | undefined = this.random() * 0.1; ; killAfter = undefined) {
      await this.must(this.bench.step(`fetch${place}`, { fresh: true }), 'fetch of undo');
      const { killed, succeeded, said } = await this.bench.step(`database${place}`, { killAfter });
      if (!killed && !succeeded) {
        throw new Error(`undo: ${said}`);
      }
      const old = await this.mustScript('database', 'old-one.sh', `${this.generation}`);
      // Undone to its end nothing is left to undo.
      if (!old.said.includes('MARKED')) {
        break;
      }
    }
    await this.prove();
    this.tally.undone++;
  }

  private async restoreAll(): Promise<void> {
    for (const set of (await this.look()).sets) {
      await this.restore(await this.look(), '', set, true);
    }
  }

  /** Restores to the end of the log and counts the rows. */
  private async restore({ must }: Look, place = '', set?: string, amcheck = false): Promise<void> {
    await this.choose(place, set ? { set } : {});
    this.learn('fetch', await this.must(this.bench.step(`fetch${place}`, { fresh: true }), 'fetch'));
    this.learn('database', await this.must(this.bench.step(`database${place}`), 'database'));
    const { rows, different, least, most } = await this.prove(amcheck);
    if (rows !== different || least !== 1 || most !== rows || most < must) {
      throw new Error(
        `restored ${set ?? 'newest'}${place}: ${rows} rows, ${different} different, ${least} to ${most}, must have ${must}`,
      );
    }
    this.tally.restores++;
    this.tally.elsewhere += place ? 1 : 0;
  }

  /** Starts what is restored, and lets it be the one before the next. */
  private async prove(amcheck = false): Promise<{ rows: number; different: number; least: number; most: number }> {
    const { said } = await this.mustScript('database', 'prove.sh', `${this.generation + 1}`, amcheck ? 'amcheck' : '');
    this.generation++;
    return JSON.parse(/^FOUND (.*)$/m.exec(said)?.[1] ?? '');
  }

  private async backup(): Promise<void> {
    this.learn('copy', await this.must(this.bench.step('copy', { fresh: true }), 'copy'));
    this.learn('store', await this.must(this.bench.step('store'), 'store'));
  }

  private async look(): Promise<Look> {
    const { said } = await this.mustScript('list', 'look.py', `${RECOVERY_POINT}`);
    const look: Look = JSON.parse(said.split('\n').find((line) => line.startsWith('{')) ?? '');
    this.tally.checks++;
    if (look.damage.length > 0) {
      throw new Error(`the repository is damaged: ${look.damage}`);
    }
    return look;
  }

  private async kill(victim: Victim, container: string, fresh: boolean): Promise<void> {
    const killAfter = this.random() * this.usual[victim];
    const ended = await this.bench.step(container, { fresh, killAfter });
    if (!ended.killed && !ended.succeeded) {
      throw new Error(`${container} failed before it was killed: ${ended.said}`);
    }
    this.tally.count(victim, ended.killed);
  }

  private choose(place: string, choice: { [name: string]: string }): Promise<void> {
    // What was set aside before is in the way at times.
    const discard: { [name: string]: string } = this.random() < 0.5 ? { discard: 'true' } : {};
    return this.bench.choose(`fetch${place}`, { ...discard, ...choice });
  }

  private learn(step: string, { seconds }: Ended): void {
    this.usual[step] = 0.8 * this.usual[step] + 0.2 * (seconds - 0.15);
  }

  private mustScript(container: string, name: string, ...args: string[]): Promise<Ended> {
    return this.must(this.bench.script(container, name, ...args), name);
  }

  private async must(step: Promise<Ended>, name: string): Promise<Ended> {
    const ended = await step;
    if (!ended.succeeded) {
      throw new Error(`${name} failed, after kill ${this.tally.kills}: ${ended.said}`);
    }
    return ended;
  }
}
