import { look } from './repository';
import type { Steps } from './steps';

/** What is restored, and by which containers. */
export interface Restored {
  /** Those that have nothing but the repository, when it is `-elsewhere`. */
  readonly place: '' | '-elsewhere';
  /** @default - the newest */
  readonly set?: string;
  /** Whether what was set aside before is removed first. */
  readonly discard: boolean;
}

/** Restores on a volume where a database is already: that of the restore before. */
export class Restores {
  /** Which of the restores has made the database that is in place. */
  private generation = 0;
  private chosen = '';

  constructor(private readonly steps: Steps) {}

  /** Restores to the end of the log, and counts the rows. */
  public async prove({ place, set, discard }: Restored, amcheck = false): Promise<void> {
    const { must } = await look(this.steps);
    await this.choose(place, { ...(set ? { set } : {}), ...(discard ? { discard: 'true' } : {}) });
    await this.steps.run(`fetch${place}`, true, 'fetch');
    await this.steps.run(`database${place}`, false, 'database');
    const { rows, different, least, most } = await this.start(amcheck);
    if (rows !== different || least !== 1 || most !== rows || most < must) {
      const found = `${rows} rows, ${different} different, from ${least} to ${most}`;
      throw new Error(`restored ${set ?? 'newest set'}${place}: ${found}; at least those to ${must} must be there`);
    }
    this.steps.tally.restores++;
    this.steps.tally.elsewhere += place ? 1 : 0;
  }

  /** Kills a restore in one of its steps. The database that was there before must be there still; at times it is put back. */
  public async kill(step: 'fetch' | 'database', { place, set, discard }: Restored): Promise<void> {
    await this.choose(place, { ...(set ? { set } : {}), ...(discard ? { discard: 'true' } : {}) });
    if (step === 'database') {
      await this.steps.run(`fetch${place}`, true, 'fetch');
    }
    await this.steps.kill(step, `${step}${place}`, step === 'fetch');
    if ((await this.isBrokenOff()) && this.steps.random() < 0.4) {
      await this.undo(place, async () => !(await this.isBrokenOff()));
    }
  }

  /** Takes back the last restore, which was done: the database before it is in place again. */
  public async takeBack(): Promise<void> {
    const before = `${this.generation - 1}`;
    await this.undo('', async () => {
      const { succeeded, said } = await this.steps.bench.script('database', 'old-one.sh', before);
      return succeeded && !said.includes('MARKED');
    });
  }

  /** Undoes a restore; that is killed too, and then run again unless it was done. */
  private async undo(place: string, isDone: () => Promise<boolean>): Promise<void> {
    await this.choose(place, { undo: 'true' });
    await this.steps.run(`fetch${place}`, true, 'fetch of undo');
    await this.steps.kill('undo', `database${place}`, false);
    if (!(await isDone())) {
      await this.steps.run(`fetch${place}`, true, 'fetch of undo');
      await this.steps.run(`database${place}`, false, 'undo');
      if (!(await isDone())) {
        throw new Error('a restore was undone, but the database that was there before is not in its place');
      }
    }
    await this.start();
    this.steps.tally.undone++;
  }

  /** Whether PostgreSQL is kept from starting. The database that was there must be there. */
  private async isBrokenOff(): Promise<boolean> {
    return (await this.steps.script('database', 'old-one.sh', `${this.generation}`)).includes('MARKED');
  }

  /** Starts what is in place, and lets it be the one before the next. */
  private async start(amcheck = false): Promise<{ rows: number; different: number; least: number; most: number }> {
    const next = `${this.generation + 1}`;
    const said = await this.steps.script('database', 'prove.sh', next, amcheck ? 'amcheck' : '');
    this.generation++;
    return JSON.parse(/^FOUND (.*)$/m.exec(said)?.[1] ?? '');
  }

  private async choose(place: string, choice: { [name: string]: string }): Promise<void> {
    const key = JSON.stringify({ place, ...choice });
    if (key !== this.chosen) {
      await this.steps.bench.choose(`fetch${place}`, choice);
      this.chosen = key;
    }
  }
}
