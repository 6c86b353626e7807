import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubectl } from '../kubectl';
import { type Account, Matrix } from '../matrix';
import { PortForward } from '../port-forward';
import { printedCommands } from '../printed-commands';
import { Shell } from '../shell';
import { makeNamespace, removeNamespace } from '../system';

/** Its secret for registration, which was published. */
export const SHARED_SECRET = 'caritas-registration-secret-2024';
/** A background update that every Synapse knows, and its index. */
export const UNFINISHED = 'local_media_repository_url_idx';
const FILES = ['postgres.yaml', 'synapse.yaml', 'platform.yaml'];

/** The installation that the manifests before this project made, running in a namespace of its own. */
export class OriginalInstallation {
  private constructor(
    public readonly namespace: string,
    private forward: PortForward,
  ) {}

  public static async install(namespace: string): Promise<OriginalInstallation> {
    await removeNamespace(namespace);
    await makeNamespace(namespace);
    for (const file of FILES) {
      await kubectl(['apply', '-n', namespace, '-f', '-'], readFileSync(join(__dirname, file), 'utf8'));
    }
    for (const workload of ['statefulset/matrix-postgres', 'deployment/matrix-synapse']) {
      await kubectl(['rollout', 'status', workload, '-n', namespace, '--timeout=300s']);
    }
    return new OriginalInstallation(namespace, await PortForward.open(namespace, 'deployment/matrix-synapse', 8008));
  }

  public get matrix(): Matrix {
    return new Matrix(this.forward.url, SHARED_SECRET);
  }

  /** Starts Synapse anew: on a busy machine it counts from its memory what its database knows otherwise. */
  public async restart(): Promise<void> {
    this.close();
    const synapse = (...args: string[]) => kubectl([...args, '-n', this.namespace]);
    await synapse('scale', 'deployment/matrix-synapse', '--replicas=0');
    await synapse('wait', '--for=delete', 'pod', '-l', 'app=matrix-synapse', '--timeout=60s');
    await synapse('scale', 'deployment/matrix-synapse', '--replicas=1');
    await synapse('rollout', 'status', 'deployment/matrix-synapse', '--timeout=300s');
    this.forward = await PortForward.open(this.namespace, 'deployment/matrix-synapse', 8008);
  }

  /**
   * Leaves a background update of its database unfinished, which it would do at its next start: an index is missing.
   *
   * @param administrator whose token stops it from doing that at once.
   */
  public async leaveUnfinished({ token }: Account): Promise<void> {
    await this.matrix.ok('POST', '/_synapse/admin/v1/background_updates/enabled', { enabled: false }, token);
    await this.sqlite(
      'homeserver.db',
      `DROP INDEX IF EXISTS ${UNFINISHED}`,
      `INSERT INTO background_updates (update_name, progress_json) VALUES ('${UNFINISHED}', '{}')`,
    );
  }

  /** Rows of the last of these statements, in a database in a running Synapse's /data. */
  public async sqlite(file: string, ...statements: string[]): Promise<unknown[][]> {
    const python = `import json, sqlite3, sys
opened = sqlite3.connect(sys.argv[1], timeout=60)
for statement in sys.argv[2:]:
    rows = opened.execute(statement).fetchall()
opened.commit()
print(json.dumps(rows))`;
    const command = ['python3', '-c', python, `/data/${file}`, ...statements];
    return JSON.parse(await kubectl(['exec', '-n', this.namespace, 'deployment/matrix-synapse', '--', ...command]));
  }

  /** Makes its database so large with copies of its messages, in minutes instead of hours. Start it anew afterwards. */
  public grow(megabytes: number): Promise<string> {
    const python = ['python3', '-', String(megabytes)];
    const script = readFileSync(join(__dirname, 'grow.py'), 'utf8');
    return kubectl(['exec', '-i', '-n', this.namespace, 'deployment/matrix-synapse', '--', ...python], script);
  }

  /**
   * Follows the documentation until the new system is in place and only the data is not: returns the shell for the rest.
   *
   * @param stopped runs while nothing runs.
   */
  public async prepareMove(manifest: string, stopped: () => Promise<void> = async () => undefined): Promise<Shell> {
    const shell = Shell.withoutSystem(this.namespace, manifest);
    await shell.ok(printedCommands('beforeMove'));
    this.close();
    await shell.ok(printedCommands('stopWriters'));
    await stopped();
    await shell.ok(printedCommands('newSystem'));
    return shell;
  }

  /** Lets go of the pod, which is about to end. */
  public close(): void {
    this.forward.close();
  }

  /** SHA-256 of the files of its database and of its signing key. */
  public checksums(pod: string): Promise<string> {
    const command = 'cd /data && sha256sum homeserver.db* *.signing.key';
    return kubectl(['exec', '-n', this.namespace, pod, '--', 'sh', '-c', command]);
  }

  public async remove(): Promise<void> {
    this.close();
    await removeNamespace(this.namespace);
  }
}
