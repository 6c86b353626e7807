import { eventually } from './kubectl';
import { type Account, Matrix } from './matrix';
import { System } from './system';

const WORKLOADS = ['deployment/matrix-synapse', 'statefulset/matrix-postgres'];
const AGENT = 'deployment/matrix-backup-agent';

/** A system with backups, and somebody who talks in a room there: what was said is what has to come back. */
export class Witness {
  private jobs = 0;

  private constructor(
    public readonly system: System,
    public readonly matrix: Matrix,
    public readonly admin: Account,
    private readonly room: string,
  ) {}

  public static async install(name: string): Promise<Witness> {
    const system = await System.install(name);
    await system.kubectl(['rollout', 'status', AGENT, '--timeout=120s']);
    const secret = await system.secret('matrix-synapse-secret', 'registration_shared_secret');
    const matrix = new Matrix(await system.url(), secret);
    const admin = await matrix.register('admin', true);
    const create = { preset: 'private_chat' };
    const { room_id } = await matrix.ok('POST', '/_matrix/client/v3/createRoom', create, admin.token);
    return new Witness(system, matrix, admin, room_id);
  }

  public say(text: string): Promise<unknown> {
    const path = `/_matrix/client/v3/rooms/${this.room}/send/m.room.message/${encodeURIComponent(text)}`;
    return this.matrix.ok('PUT', path, { msgtype: 'm.text', body: text }, this.admin.token);
  }

  /** Everything said in the room, oldest first. */
  public async said(): Promise<string[]> {
    const path = `/_matrix/client/v3/rooms/${this.room}/messages?dir=b&limit=500`;
    const { chunk } = await this.matrix.ok('GET', path, undefined, this.admin.token);
    const messages = chunk.filter((event: { type: string }) => event.type === 'm.room.message');
    return messages.map((event: { content: { body: string } }) => event.content.body).reverse();
  }

  /** Uploads bytes; the path to download them, which ends with their ID. */
  public async upload(bytes: Uint8Array): Promise<string> {
    const { content_uri } = await this.matrix.ok('POST', '/_matrix/media/v3/upload', bytes, this.admin.token);
    return content_uri.replace('mxc://', '/_matrix/client/v1/media/download/');
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

  /** The file of log that the next commit goes to, or the last one went to. */
  public logFile(): Promise<string> {
    return this.asked('SELECT pg_walfile_name(pg_current_wal_lsn())');
  }

  /** Whether a file of log is in the repository. */
  public async isShipped(file: string): Promise<boolean> {
    return (await this.restic('ls', '--recursive', '--tag', 'wal', 'latest')).includes(`/${file}.gz`);
  }

  /** Waits until all that is committed is in the repository. */
  public async shipped(): Promise<void> {
    // Without something to hand over PostgreSQL switches to no new file.
    await this.asked("SELECT pg_logical_emit_message(true, 'e2e', 'end')");
    const file = await this.logFile();
    await this.asked('SELECT pg_switch_wal()');
    await eventually(`${file} in the repository`, 60, () => this.isShipped(file));
  }

  /** Nothing writes any more: as before a restore. */
  public async stop(): Promise<void> {
    await this.system.kubectl(['scale', ...WORKLOADS, '--replicas=0']);
  }

  public async start(): Promise<void> {
    await this.system.kubectl(['scale', ...WORKLOADS, '--replicas=1']);
    await this.system.ready();
    await eventually('Synapse behind its port-forward', 60, () => this.said());
  }

  /** What the next restore shall do. */
  public choose(choice: { [key: string]: string }): Promise<string> {
    const literals = Object.entries(choice).map(([key, value]) => `--from-literal=${key}=${value}`);
    return this.system.kubectl(['create', 'configmap', 'matrix-restore-choice', ...literals]);
  }

  /** Runs a job that must succeed, and gives what it said. */
  public async succeeds(cronJob: string): Promise<string> {
    const { succeeded, log } = await this.run(cronJob);
    expect({ cronJob, succeeded, log }).toEqual({ cronJob, succeeded: true, log });
    return log;
  }

  /** Runs a job that must fail, and gives what it said. */
  public async fails(cronJob: string): Promise<string> {
    const { succeeded, log } = await this.run(cronJob);
    expect({ cronJob, succeeded, log }).toEqual({ cronJob, succeeded: false, log });
    return log;
  }

  /** Makes a set; its ID. */
  public async backUp(): Promise<string> {
    const log = await this.succeeds('matrix-backup');
    return /set (\d{8}T\d{6}Z) is complete/.exec(log)?.[1] ?? `no set in: ${log}`;
  }

  /** Restores what is chosen and lets everything run again; what was said, and after how many seconds it was served. */
  public async restore(choice?: { [key: string]: string }): Promise<{ log: string; seconds: number }> {
    const began = Date.now();
    await this.stop();
    if (choice) {
      await this.choose(choice);
    }
    const log = await this.succeeds('matrix-restore');
    await this.start();
    const seconds = (Date.now() - began) / 1000;
    process.stdout.write(
      `restore ${JSON.stringify(choice ?? {})}: served ${seconds.toFixed(1)} s after it was stopped\n`,
    );
    return { log, seconds };
  }

  /** What Synapse's guard made of the database before the last start. */
  public guard(): Promise<string> {
    return this.system.kubectl(['logs', 'deployment/matrix-synapse', '-c', 'epoch-guard']);
  }

  private run(cronJob: string): Promise<{ succeeded: boolean; log: string }> {
    return this.system.run(cronJob, `${cronJob}-e2e-${++this.jobs}`, 240);
  }
}

/** Waits that many seconds. */
export const sleep = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));
