import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome } from './kubectl';
import type { System } from './system';

/** Output is complete only when no process has it open. */
const TIDY = "trap 'kill $(jobs -p) 2>/dev/null || :' EXIT";

/** Runs commands as they are printed for the operator: namespace and host are the test's, all else is left as it is. */
export class Shell {
  public readonly folder = mkdtempSync(join(tmpdir(), 'matrix-shell-'));

  private constructor(
    private readonly namespace: string,
    manifest: string,
    /** Where client and admin API are. */
    public readonly adminUrl = '',
  ) {
    mkdirSync(join(this.folder, 'dist'));
    writeFileSync(join(this.folder, 'dist', 'matrix.k8s.yaml'), manifest);
  }

  /** A shell in a folder with dist/, where no system runs. */
  public static withoutSystem(namespace: string, manifest: string): Shell {
    return new Shell(namespace, manifest);
  }

  /** A shell in a folder with dist/, to which client API and discovery are open at the host `caritas.local`, as the original's were. */
  public static async open(system: System): Promise<Shell> {
    const shell = new Shell(system.namespace, system.manifest, await system.url('service/matrix-synapse-admin', 8008));
    const ports = {
      80: await system.url('service/matrix-discovery', 80),
      8008: await system.url('service/matrix-synapse', 8008),
    };
    // For what the original printed; what the documentation gives instead finds its own way.
    const ways = Object.entries(ports).map(
      ([port, url]) => `connect-to = "caritas.local:${port}:${new URL(url).host}"\n`,
    );
    writeFileSync(join(shell.folder, '.curlrc'), `silent\nshow-error\n${ways.join('')}`);
    return shell;
  }

  /** Runs a command or several, with `input` typed into them. What they leave in the background ends with them. */
  public run(command: string, input = ''): Promise<Outcome> {
    const text = command
      .replaceAll(/(-n|namespace) caritas\b/g, `$1 ${this.namespace}`)
      .replaceAll('<HOST>', 'caritas.local');
    const child = spawn('bash', ['-c', `set -o pipefail; ${TIDY}; ${text}`], {
      cwd: this.folder,
      env: { ...process.env, CURL_HOME: this.folder },
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (bytes) => {
      output.stdout += bytes;
    });
    child.stderr.on('data', (bytes) => {
      output.stderr += bytes;
    });
    child.stdin.on('error', () => undefined).end(input);
    return new Promise((done) => child.on('close', (code) => done({ code: code ?? 1, ...output })));
  }

  /** As `run`, and fails with what the command printed. */
  public async ok(command: string, input?: string): Promise<string> {
    const { code, stdout, stderr } = await this.run(command, input);
    if (code !== 0) {
      throw new Error(`${command}: exit code ${code}\n${stdout}${stderr}`);
    }
    return stdout;
  }

  public close(): void {
    rmSync(this.folder, { recursive: true });
  }
}
