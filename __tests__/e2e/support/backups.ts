import { eventually } from './kubectl';
import type { System } from './system';

export const AGENT = 'deployment/matrix-backup-agent';
const WORKLOADS = ['deployment/matrix-synapse', 'statefulset/matrix-postgres'];

/** What tests change of settings.json. */
export interface ProgramSettings {
  keep: { daily: number; weekly: number; monthly: number };
  readonly jobs: { readonly [part: string]: { maximumAge: number } };
}

/** The backups of a system, as its operator uses them. */
export class Backups {
  private jobs = 0;

  /** @param workloads that write: a restore wants them scaled to 0. */
  constructor(
    private readonly system: System,
    private readonly workloads = WORKLOADS,
  ) {}

  /** Runs `matrix-<what>` by hand. */
  public run(what: string, seconds?: number): Promise<{ succeeded: boolean; log: string }> {
    this.jobs++;
    return this.system.run(`matrix-${what}`, `${what}-${this.jobs}-${Date.now() % 1e6}`, seconds);
  }

  /** As `run`, and fails with the log of the job. */
  public async succeed(what: string, seconds?: number): Promise<string> {
    const { succeeded, log } = await this.run(what, seconds);
    if (!succeeded) {
      throw new Error(`matrix-${what} failed:\n${log}`);
    }
    return log;
  }

  /** A restore with everything scaled to 0, by the choice that is given. */
  public async restore(choice: { [key: string]: string } = {}): Promise<{ succeeded: boolean; log: string }> {
    await this.scale(0);
    await this.system.kubectl(['delete', 'configmap', 'matrix-restore-choice', '--ignore-not-found']);
    const literals = Object.entries(choice).map(([key, value]) => `--from-literal=${key}=${value}`);
    await this.system.kubectl(['create', 'configmap', 'matrix-restore-choice', ...literals]);
    return this.run('restore', 240);
  }

  /** Ends Synapse and PostgreSQL, or starts them and waits until they answer. */
  public async scale(replicas: number): Promise<void> {
    await this.system.kubectl(['scale', ...this.workloads, `--replicas=${replicas}`]);
    if (replicas > 0) {
      await this.system.ready();
    }
  }

  /** Removes these claims with everything on them, and makes them anew; nothing runs then. */
  public async loseClaims(...claims: string[]): Promise<void> {
    const { system } = this;
    await system.kubectl(['scale', ...this.workloads, AGENT, '--replicas=0']);
    // Pods of jobs that have ended hold their claims.
    await system.kubectl(['delete', 'jobs', '-l', 'app.kubernetes.io/part-of=matrix']);
    await system.kubectl(['delete', 'pvc', ...claims, '--wait=true', '--timeout=120s']);
    await system.kubectl(['apply', '-f', '-'], system.manifest.replace(/replicas: 1$/gm, 'replicas: 0'));
    await system.kubectl(['scale', AGENT, '--replicas=1']);
  }

  /** Hands over all log there is; the name of its last file. */
  public async handOver(): Promise<string> {
    // Without something to hand over PostgreSQL switches to no new file.
    await this.asked("SELECT pg_logical_emit_message(true, 'e2e', 'end')");
    return this.asked('SELECT pg_walfile_name(pg_switch_wal())');
  }

  /** Waits until everything that is committed by now is in the repository; the name of its last file of log. */
  public async shipped(seconds = 90): Promise<string> {
    const file = await this.handOver();
    await eventually(`${file} in the archive`, seconds, async () => {
      const last = await this.asked('SELECT substr(last_archived_wal, 1, 24) FROM pg_stat_archiver');
      return last >= file;
    });
    await this.allShipped(seconds);
    return file;
  }

  /** Waits until no log waits for its way to the repository, and none has come for a while. */
  public async allShipped(seconds = 90): Promise<void> {
    let quietSince = Date.now();
    await eventually('all log in the repository', seconds, async () => {
      if ((await this.metric('log_unshipped_seconds')) > 0) {
        quietSince = Date.now();
      }
      return Date.now() - quietSince > 3000;
    });
  }

  /** A number from the agent's metrics; labels are part of the name. */
  public async metric(name: string): Promise<number> {
    const text = await this.asks('metrics');
    const line = text.split('\n').find((each) => each.startsWith(`matrix_${name} `));
    if (!line) {
      throw new Error(`the agent knows no matrix_${name}:\n${text}`);
    }
    return Number(line.split(' ').pop());
  }

  /** What the agent says is wrong; `all is well` when nothing is. */
  public problems(): Promise<string> {
    return this.asks('ready');
  }

  public async agentIsReady(): Promise<boolean> {
    return (await this.system.kubectl(['get', AGENT, '-o', 'jsonpath={.status.readyReplicas}'])) === '1';
  }

  /** Has the next prune keep one set. */
  public async keepOne(): Promise<void> {
    await this.changeSettings((settings) => {
      settings.keep = { daily: 1, weekly: 0, monthly: 0 };
    });
  }

  /** Changes settings of the program, for pods that start from now on. */
  public async changeSettings(change: (settings: ProgramSettings) => void): Promise<void> {
    const get = ['get', 'configmap', 'matrix-backup-script', '-o', 'json'];
    const settings: ProgramSettings = JSON.parse(JSON.parse(await this.system.kubectl(get)).data['settings.json']);
    change(settings);
    const patch = JSON.stringify({ data: { 'settings.json': JSON.stringify(settings) } });
    await this.system.kubectl(['patch', 'configmap', 'matrix-backup-script', '--type=merge', '-p', patch]);
  }

  /** What somebody would do who has taken over the agent. */
  public tryToForget(): Promise<string> {
    const forget = ['forget', '--tag=set', '--keep-last=1'];
    return this.system.exec(AGENT, 'timeout', '60', '/tools/restic', ...forget);
  }

  private async asks(path: string): Promise<string> {
    return this.system.exec(AGENT, 'curl', '--silent', '--max-time', '10', `http://localhost:9090/${path}`);
  }

  private async asked(query: string): Promise<string> {
    return (await this.system.exec('statefulset/matrix-postgres', 'psql', '-U', 'postgres', '-Atc', query)).trim();
  }
}
