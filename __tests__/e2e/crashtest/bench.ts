import { eventually, kubectl, type Outcome, tryKubectl } from '../support/kubectl';
import { makeNamespace, removeNamespace, System } from '../support/system';
import { type CrashPod, crashPod } from './pod';

const NAME = 'backup-crash';
const NAMESPACE = `matrix-e2e-${NAME}`;
/** Seconds after which PostgreSQL hands over log: less than in any deployment, so that there is often some on its way. */
const ARCHIVE_TIMEOUT = 5;
/** Exit code of a step that was killed, by `step.sh`. */
const KILLED = 99;

/** How a step ended. */
export interface Ended {
  readonly killed: boolean;
  readonly succeeded: boolean;
  /** All that it said. */
  readonly said: string;
  readonly seconds: number;
}

/** The pod in which steps are run and killed. */
export class CrashBench {
  private constructor(private readonly pod: CrashPod) {}

  /** The synthesized backups, with a database that is written to and an agent that ships its log. */
  public static async install(): Promise<CrashBench> {
    await removeNamespace(NAMESPACE);
    await makeNamespace(NAMESPACE, { 'pod-security.kubernetes.io/enforce': 'restricted' });
    const bench = new CrashBench(crashPod(System.synth(NAME), ARCHIVE_TIMEOUT));
    const list = { apiVersion: 'v1', kind: 'List', items: bench.pod.objects };
    await kubectl(['apply', '-n', NAMESPACE, '-f', '-'], JSON.stringify(list));
    await kubectl(['wait', '--for=condition=Ready', 'pod/crash', '-n', NAMESPACE, '--timeout=180s']);
    const passwords = "SELECT count(*) = 2 FROM pg_authid WHERE rolpassword LIKE 'SCRAM%'";
    const psql = ['psql', '--username=postgres', '--tuples-only', '--no-align', `--command=${passwords}`];
    await eventually('the passwords', 60, async () => (await bench.exec('postgres', ...psql)).stdout === 't\n');
    await bench.startAgent();
    await bench.background('writer', 'python3', '/crashtest/scripts/writer.py');
    const written = ['/bin/bash', '-c', '[[ $(wc -l </crashtest/shared/acknowledged) -gt 100 ]]'];
    await eventually('rows', 60, async () => (await bench.exec('writer', ...written)).code === 0);
    return bench;
  }

  /** Runs the step of a container, with a pod's empty folders when it is the first one; kills it after so many seconds. */
  public async step(name: string, { fresh = false, killAfter = undefined as number | undefined } = {}): Promise<Ended> {
    const folders = fresh ? 'rm -rf /tmp/* /handover/* /backup-secrets/*;' : '';
    const hold = name === 'database' ? 'flock /crashtest/shared/archive.lock' : '';
    const command = `${folders} exec /bin/bash /crashtest/scripts/step.sh "$0" ${hold} "$@"`;
    const after = killAfter === undefined ? '-' : killAfter.toFixed(3);
    return this.timed(name, '/bin/bash', '-c', command, after, ...this.pod.commands[name]);
  }

  /** Has PostgreSQL hand over log now. */
  public async handOver(): Promise<void> {
    await this.exec('postgres', 'psql', '--username=postgres', '--quiet', '--command=SELECT pg_switch_wal()');
  }

  /** Kills the agent, so many seconds after it has begun to ship. */
  public async killAgent(seconds: number): Promise<Ended> {
    const ships = 'cat /proc/[0-9]*/comm 2>/dev/null | grep -qx restic';
    const wait = `for ((i = 0; i < 200; i++)); do ${ships} && break; sleep 0.02; done; sleep ${seconds.toFixed(3)};`;
    await this.handOver();
    return this.timed('agent', '/bin/bash', '-c', `${wait} ${ships} && code=99; kill -9 -1; exit "\${code:-0}"`);
  }

  public async startAgent(): Promise<void> {
    await this.background('agent', ...this.pod.commands.agent);
  }

  /** Runs one of the test's own scripts. */
  public script(container: string, name: string, ...args: string[]): Promise<Ended> {
    const interpreter = name.endsWith('.py') ? 'python3' : '/bin/bash';
    return this.timed(container, 'timeout', '120', interpreter, `/crashtest/scripts/${name}`, ...args);
  }

  /** Says what shall be restored. */
  public async choose(container: string, choice: { [name: string]: string }): Promise<void> {
    const files = Object.entries(choice).map(([name, value]) => `printf %s '${value}' >/choice/${name};`);
    await this.exec(container, '/bin/bash', '-c', `rm -f /choice/*; ${files.join('')}`);
  }

  public async remove(): Promise<void> {
    await removeNamespace(NAMESPACE);
  }

  private async background(container: string, ...command: string[]): Promise<void> {
    await this.exec(container, '/bin/bash', '-c', 'nohup "$@" >>/tmp/said 2>&1 </dev/null &', 'bash', ...command);
  }

  private async timed(container: string, ...command: string[]): Promise<Ended> {
    const begun = Date.now();
    const { code, stdout, stderr } = await this.exec(container, ...command);
    const seconds = (Date.now() - begun) / 1000;
    return { killed: code === KILLED, succeeded: code === 0, said: stdout + stderr, seconds };
  }

  private exec(container: string, ...command: string[]): Promise<Outcome> {
    return tryKubectl(['exec', '-n', NAMESPACE, 'crash', '-c', container, '--', ...command]);
  }
}
