import { eventually } from './kubectl';
import type { System } from './system';

export const AGENT = 'deployment/matrix-backup-agent';
const WORKLOADS = ['deployment/matrix-synapse', 'statefulset/matrix-postgres'];

/** Fields of settings.json that tests change. */
export interface ProgramSettings {
  keep: { daily: number; weekly: number; monthly: number };
  readonly jobs: { readonly [part: string]: { maximumAge: number } };
}

/** The backups of a system, used as an operator does. */
export class Backups {
  private jobs = 0;

  /** @param workloads workloads that write, and must be scaled to 0 for a restore. */
  constructor(
    private readonly system: System,
    private readonly workloads = WORKLOADS,
  ) {}

  /** Runs `matrix-<what>` by hand. */
  public run(what: string, seconds?: number): Promise<{ succeeded: boolean; log: string }> {
    this.jobs++;
    return this.system.run(`matrix-${what}`, `${what}-${this.jobs}-${Date.now() % 1e6}`, seconds);
  }

  /** As `run`, but fails with the output of the job when it fails. */
  public async succeed(what: string, seconds?: number): Promise<string> {
    const { succeeded, log } = await this.run(what, seconds);
    if (!succeeded) {
      throw new Error(`matrix-${what} failed:\n${log}`);
    }
    return log;
  }

  /** Scales everything to 0 and restores by the given choice. */
  public async restore(choice: { [key: string]: string } = {}): Promise<{ succeeded: boolean; log: string }> {
    await this.scale(0);
    await this.system.kubectl(['delete', 'configmap', 'matrix-restore-choice', '--ignore-not-found']);
    const literals = Object.entries(choice).map(([key, value]) => `--from-literal=${key}=${value}`);
    await this.system.kubectl(['create', 'configmap', 'matrix-restore-choice', ...literals]);
    return this.run('restore', 240);
  }

  /** Scales Synapse and PostgreSQL, and waits until they are gone or answer. */
  public async scale(replicas: number): Promise<void> {
    await this.system.kubectl(['scale', ...this.workloads, `--replicas=${replicas}`]);
    if (replicas > 0) {
      await this.system.ready();
    }
  }

  /** Deletes these claims with their data, and creates empty ones. Nothing runs afterwards. */
  public async loseClaims(...claims: string[]): Promise<void> {
    const { system } = this;
    await system.kubectl(['scale', ...this.workloads, AGENT, '--replicas=0']);
    // Pods of finished jobs still hold their claims.
    await system.kubectl(['delete', 'jobs', '-l', 'app.kubernetes.io/part-of=matrix']);
    await system.kubectl(['delete', 'pvc', ...claims, '--wait=true', '--timeout=120s']);
    await system.kubectl(['apply', '-f', '-'], system.manifest.replace(/replicas: 1$/gm, 'replicas: 0'));
    await system.kubectl(['scale', AGENT, '--replicas=1']);
  }

  /** Has PostgreSQL archive all WAL, and returns the name of the last segment. */
  public async handOver(): Promise<string> {
    // PostgreSQL switches to a new segment only when it has written something.
    await this.asked("SELECT pg_logical_emit_message(true, 'e2e', 'end')");
    return this.asked('SELECT pg_walfile_name(pg_switch_wal())');
  }

  /** Waits until all commits so far are in the repository, and returns the name of the last WAL segment. */
  public async shipped(seconds = 90): Promise<string> {
    const file = await this.handOver();
    await eventually(`${file} in the archive`, seconds, async () => {
      const last = await this.asked('SELECT substr(last_archived_wal, 1, 24) FROM pg_stat_archiver');
      return last >= file;
    });
    await this.allShipped(seconds);
    return file;
  }

  /** Waits until all WAL is uploaded, and none has been written for a while. */
  public async allShipped(seconds = 90): Promise<void> {
    let quietSince = Date.now();
    await eventually('all WAL in the repository', seconds, async () => {
      if ((await this.metric('log_unshipped_seconds')) > 0) {
        quietSince = Date.now();
      }
      return Date.now() - quietSince > 3000;
    });
  }

  /** A value from the agent's metrics. Labels are part of the name. */
  public async metric(name: string): Promise<number> {
    const text = await this.asks('metrics');
    const line = text.split('\n').find((each) => each.startsWith(`matrix_${name} `));
    if (!line) {
      throw new Error(`the agent knows no matrix_${name}:\n${text}`);
    }
    return Number(line.split(' ').pop());
  }

  /** The problems that the agent reports, or `all is well`. */
  public problems(): Promise<string> {
    return this.asks('ready');
  }

  public async agentIsReady(): Promise<boolean> {
    return (await this.system.kubectl(['get', AGENT, '-o', 'jsonpath={.status.readyReplicas}'])) === '1';
  }

  /** Makes the next prune keep one backup. */
  public async keepOne(): Promise<void> {
    await this.changeSettings((settings) => {
      settings.keep = { daily: 1, weekly: 0, monthly: 0 };
    });
  }

  /** Changes settings of the program for pods that start later. */
  public async changeSettings(change: (settings: ProgramSettings) => void): Promise<void> {
    const get = ['get', 'configmap', 'matrix-backup-script', '-o', 'json'];
    const settings: ProgramSettings = JSON.parse(JSON.parse(await this.system.kubectl(get)).data['settings.json']);
    change(settings);
    const patch = JSON.stringify({ data: { 'settings.json': JSON.stringify(settings) } });
    await this.system.kubectl(['patch', 'configmap', 'matrix-backup-script', '--type=merge', '-p', patch]);
  }

  /** Removes backups, as an attacker in the agent would. */
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
