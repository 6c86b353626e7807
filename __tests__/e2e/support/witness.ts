import { AGENT, Backups, type ProgramSettings } from './backups';
import { Conversation } from './conversation';
import { eventually } from './kubectl';
import { System } from './system';

/** A system with backups, and somebody who talks in a room there: what was said is what has to come back. */
export class Witness {
  private readonly backups: Backups;

  private constructor(
    public readonly system: System,
    public readonly conversation: Conversation,
  ) {
    this.backups = new Backups(system);
  }

  public static async install(name: string): Promise<Witness> {
    const system = await System.install(name);
    await system.kubectl(['rollout', 'status', AGENT, '--timeout=120s']);
    return new Witness(system, await Conversation.begin(system));
  }

  public say(text: string): Promise<void> {
    return this.conversation.say(text);
  }

  /** Everything said in the room, oldest first. */
  public said(): Promise<string[]> {
    return this.conversation.history();
  }

  /** Asks the database as its superuser. */
  public async asked(query: string): Promise<string> {
    const psql = ['psql', '-U', 'postgres', '-d', 'synapse', '-Atc', query];
    return (await this.system.exec('statefulset/matrix-postgres', ...psql)).trim();
  }

  /** Runs restic where log is shipped from. */
  public restic(...args: string[]): Promise<string> {
    return this.system.exec(AGENT, '/tools/restic', '--no-lock', '--quiet', ...args);
  }

  /** Whether a file of log is in the repository, in which there may be none at all yet. */
  public async isShipped(file: string): Promise<boolean> {
    return this.restic('ls', '--recursive', '--tag', 'wal', 'latest').then(
      (listed) => listed.includes(`/${file}.gz`),
      () => false,
    );
  }

  /** Waits until all that is committed is in the repository. */
  public async shipped(): Promise<void> {
    const file = await this.backups.handOver();
    await eventually(`${file} in the repository`, 60, () => this.isShipped(file));
  }

  /** Has the next prune keep one backup. */
  public keepOne(): Promise<void> {
    return this.backups.keepOne();
  }

  /** Changes settings of the backups, for pods that start from now on. */
  public changeSettings(change: (settings: ProgramSettings) => void): Promise<void> {
    return this.backups.changeSettings(change);
  }

  /** Nothing writes any more: as before a restore. */
  public stop(): Promise<void> {
    return this.backups.scale(0);
  }

  public async start(): Promise<void> {
    await this.backups.scale(1);
    await eventually('Synapse behind its port-forward', 60, () => this.said());
  }

  /** What the next restore shall do. */
  public choose(choice: { [key: string]: string }): Promise<string> {
    const literals = Object.entries(choice).map(([key, value]) => `--from-literal=${key}=${value}`);
    return this.system.kubectl(['create', 'configmap', 'matrix-restore-choice', ...literals]);
  }

  /** Runs `matrix-<what>`, which must succeed, and gives what it said. */
  public succeeds(what: string): Promise<string> {
    return this.backups.succeed(what, 240);
  }

  /** Runs `matrix-<what>`, which must fail, and gives what it said. */
  public async fails(what: string): Promise<string> {
    const { succeeded, log } = await this.backups.run(what, 240);
    expect({ what, succeeded, log }).toEqual({ what, succeeded: false, log });
    return log;
  }

  /** Makes a set; its ID. */
  public async backUp(): Promise<string> {
    const log = await this.succeeds('backup');
    return /backup (\d{8}T\d{6}Z) is complete/.exec(log)?.[1] ?? `no set in: ${log}`;
  }

  /** Restores what is chosen and lets everything run again; gives what was said, and prints how long nobody was served. */
  public async restore(choice: { [key: string]: string } = {}): Promise<string> {
    const began = Date.now();
    await this.stop();
    if (Object.keys(choice).length > 0) {
      await this.choose(choice);
    }
    const log = await this.succeeds('restore');
    await this.start();
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    process.stdout.write(`restore ${JSON.stringify(choice)}: served ${seconds} s after it was stopped\n`);
    return log;
  }

  /** What Synapse's guard made of the database before the last start. */
  public guard(): Promise<string> {
    return this.system.kubectl(['logs', 'deployment/matrix-synapse', '-c', 'epoch-guard']);
  }
}

/** Waits that many seconds. */
export const sleep = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));
