import { AGENT, Backups, type ProgramSettings } from './backups';
import { Conversation } from './conversation';
import { eventually } from './kubectl';
import { System } from './system';

/** A system with backups, and a user who sends messages that a restore must bring back. */
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

  /** All messages in the room, oldest first. */
  public said(): Promise<string[]> {
    return this.conversation.history();
  }

  /** Runs SQL as the superuser of the database. */
  public async asked(query: string): Promise<string> {
    const psql = ['psql', '-U', 'postgres', '-d', 'synapse', '-Atc', query];
    return (await this.system.exec('statefulset/matrix-postgres', ...psql)).trim();
  }

  /** Runs restic in the agent. */
  public restic(...args: string[]): Promise<string> {
    return this.system.exec(AGENT, '/tools/restic', '--no-lock', '--quiet', ...args);
  }

  /** Whether a WAL segment is in the repository, which may be empty. */
  public async isShipped(file: string): Promise<boolean> {
    return this.restic('ls', '--recursive', '--tag', 'wal', 'latest').then(
      (listed) => listed.includes(`/${file}.gz`),
      () => false,
    );
  }

  /** Waits until all commits are in the repository. */
  public async shipped(): Promise<void> {
    const file = await this.backups.handOver();
    await eventually(`${file} in the repository`, 60, () => this.isShipped(file));
  }

  /** Makes the next prune keep one backup. */
  public keepOne(): Promise<void> {
    return this.backups.keepOne();
  }

  /** Changes settings of the backups for pods that start later. */
  public changeSettings(change: (settings: ProgramSettings) => void): Promise<void> {
    return this.backups.changeSettings(change);
  }

  /** Scales everything to 0, as before a restore. */
  public stop(): Promise<void> {
    return this.backups.scale(0);
  }

  public async start(): Promise<void> {
    await this.backups.scale(1);
    await eventually('Synapse behind its port-forward', 60, () => this.said());
  }

  /** Sets the choice for the next restore. */
  public choose(choice: { [key: string]: string }): Promise<string> {
    const literals = Object.entries(choice).map(([key, value]) => `--from-literal=${key}=${value}`);
    return this.system.kubectl(['create', 'configmap', 'matrix-restore-choice', ...literals]);
  }

  /** Runs `matrix-<what>`, which must succeed, and returns its output. */
  public succeeds(what: string): Promise<string> {
    return this.backups.succeed(what, 240);
  }

  /** Runs `matrix-<what>`, which must fail, and returns its output. */
  public async fails(what: string, seconds = 240): Promise<string> {
    const { succeeded, log } = await this.backups.run(what, seconds);
    expect({ what, succeeded, log }).toEqual({ what, succeeded: false, log });
    return log;
  }

  /** Makes a backup, and returns its ID. */
  public async backUp(): Promise<string> {
    const log = await this.succeeds('backup');
    return /backup (\d{8}T\d{6}Z) is complete/.exec(log)?.[1] ?? `no backup in: ${log}`;
  }

  /** Restores by the choice and starts everything again. Returns the output, and prints the downtime. */
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

  /** Output of Synapse's guard before the last start. */
  public guard(): Promise<string> {
    return this.system.guard();
  }
}

/** Waits that many seconds. */
export const sleep = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));
