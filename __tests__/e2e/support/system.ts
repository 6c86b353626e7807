import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, kubectl, tryKubectl } from './kubectl';
import { PortForward } from './port-forward';
import { frugal } from './system-chart';

const ROOT = join(__dirname, '..', '..', '..');
/** Label of namespaces made by tests: no others are written to or deleted. */
const OURS = 'oriso-matrix-e2e';
const WORKLOADS = [
  'statefulset/matrix-postgres',
  'deployment/matrix-synapse',
  'deployment/matrix-discovery',
  'deployment/matrix-edge',
];

/** A system on the cluster, in its own namespace, which enforces PodSecurity `restricted`. */
export class System {
  private readonly forwards: PortForward[] = [];

  private constructor(
    public readonly namespace: string,
    /** The applied manifest. */
    public readonly manifest: string,
    private readonly workloads: string[],
  ) {}

  /** Installs the committed dist/ in the namespace `matrix-e2e-<name>`, and returns when everything is ready. */
  public static async install(name: string, prepare?: (namespace: string) => Promise<void>): Promise<System> {
    const manifest = readFileSync(join(ROOT, 'dist', 'matrix.k8s.yaml'), 'utf8');
    const own = frugal(manifest).replaceAll('namespace: caritas', `namespace: matrix-e2e-${name}`);
    return System.apply(name, own, WORKLOADS, prepare);
  }

  /** What a test has put into the namespace `matrix-e2e-<name>` itself. */
  public static existing(name: string, manifest: string): System {
    return new System(`matrix-e2e-${name}`, manifest, WORKLOADS);
  }

  /** Installs the output of main.ts with other settings in its environment. */
  public static synth(name: string, environment: { [name: string]: string } = {}): string {
    const outdir = mkdtempSync(join(tmpdir(), 'matrix-e2e-'));
    execFileSync('node', ['build/main.js'], {
      cwd: ROOT,
      env: { ...process.env, ...environment, MATRIX_NAMESPACE: `matrix-e2e-${name}`, CDK8S_OUTDIR: outdir },
    });
    return readFileSync(join(outdir, 'matrix.k8s.yaml'), 'utf8');
  }

  /** Applies a manifest in a new namespace, after `prepare`, and waits for its workloads. */
  public static async apply(
    name: string,
    manifest: string,
    workloads = WORKLOADS,
    prepare?: (namespace: string) => Promise<void>,
  ): Promise<System> {
    const system = new System(`matrix-e2e-${name}`, manifest, workloads);
    await system.remove();
    await makeNamespace(system.namespace, { 'pod-security.kubernetes.io/enforce': 'restricted' });
    await prepare?.(system.namespace);
    await kubectl(['apply', '-f', '-'], manifest);
    await system.ready();
    return system;
  }

  /** Waits until every workload is ready, as Kubernetes sees it. */
  public async rolledOut(): Promise<void> {
    for (const workload of this.workloads) {
      await kubectl(['rollout', 'status', workload, '-n', this.namespace, '--timeout=240s']);
    }
  }

  /** Waits until every workload is ready, and Synapse is no longer a standby. */
  public async ready(): Promise<void> {
    await this.rolledOut();
    if (!this.workloads.includes('deployment/matrix-synapse')) {
      return;
    }
    const health = 'import urllib.request; urllib.request.urlopen("http://127.0.0.1:8008/health", timeout=5)';
    await eventually('one Synapse that serves', 90, async () => {
      const [pod, another] = (await this.kubectl(['get', 'pods', '-l', 'app=matrix-synapse', '-o', 'name']))
        .trim()
        .split('\n');
      return (
        !another && (await tryKubectl(['exec', '-n', this.namespace, pod, '--', 'python3', '-c', health])).code === 0
      );
    });
  }

  /** Waits until every worker of Synapse is ready. */
  public async workersReady(): Promise<void> {
    const label = 'app.kubernetes.io/component=worker';
    const workers = await this.kubectl(['get', 'deployments,statefulsets', '-l', label, '-o', 'name']);
    for (const worker of workers.trim().split('\n')) {
      await this.kubectl(['rollout', 'status', worker, '--timeout=300s']);
    }
  }

  /** Forwards a port of the workload for the life of the system, and returns `http://127.0.0.1:<port>`. */
  public async url(target = 'deployment/matrix-synapse', port = 8008): Promise<string> {
    const forward = await PortForward.open(this.namespace, target, port);
    this.forwards.push(forward);
    return forward.url;
  }

  /** kubectl in the system's namespace. */
  public kubectl(args: string[], input?: string): Promise<string> {
    return kubectl([...args, '-n', this.namespace], input);
  }

  /** Runs a command in the container of a workload. */
  public exec(target: string, ...command: string[]): Promise<string> {
    return kubectl(['exec', '-n', this.namespace, target, '--', ...command]);
  }

  /** Runs SQL in the database, and returns the plain answer. */
  public async sql(query: string): Promise<string> {
    const at = this.manifest.includes('apiVersion: postgresql.cnpg.io/')
      ? ['service/matrix-database-rw', 'psql']
      : ['statefulset/matrix-postgres', 'psql', '-U', 'synapse_user'];
    const [target, ...command] = [...at, '-d', 'synapse', '-Atc', query];
    return (await this.exec(target, ...command)).trim();
  }

  /** What the guard of the database said last. */
  public async guard(): Promise<string> {
    const log = await this.kubectl(['logs', '-l', 'app=matrix-synapse', '--tail=-1']);
    return log.match(/^epoch-guard: .*\n/gm)?.at(-1) ?? '';
  }

  /** The value of a Secret's key. */
  public async secret(name: string, key: string): Promise<string> {
    const data = await this.kubectl(['get', 'secret', name, '-o', `jsonpath={.data.${key.replaceAll('.', '\\.')}}`]);
    return Buffer.from(data, 'base64').toString();
  }

  /** Makes a Job from a CronJob, waits for its end, and returns whether it succeeded. */
  public async run(cronJob: string, job: string, seconds = 180): Promise<{ succeeded: boolean; log: string }> {
    await this.kubectl(['create', 'job', `--from=cronjob/${cronJob}`, job]);
    const end = Date.now() + seconds * 1000;
    while (Date.now() < end) {
      const status = JSON.parse(await this.kubectl(['get', 'job', job, '-o', 'json'])).status;
      const ended = status.conditions?.find(
        (c: { type: string; status: string }) => ['Complete', 'Failed'].includes(c.type) && c.status === 'True',
      );
      if (ended) {
        const log = await this.jobLog(job);
        return { succeeded: ended.type === 'Complete', log };
      }
      await new Promise((done) => setTimeout(done, 500));
    }
    throw new Error(`job ${job} did not end within ${seconds} s`);
  }

  /** Output of all steps of a Job. Steps that were not reached have none. */
  private async jobLog(job: string): Promise<string> {
    const { items } = JSON.parse(await this.kubectl(['get', 'pods', '-l', `job-name=${job}`, '-o', 'json']));
    const logs: string[] = [];
    for (const { metadata, spec } of items) {
      for (const { name } of [...(spec.initContainers ?? []), ...spec.containers]) {
        logs.push((await tryKubectl(['logs', metadata.name, '-c', name, '-n', this.namespace])).stdout);
      }
    }
    return logs.join('');
  }

  public async remove(): Promise<void> {
    for (const forward of this.forwards) {
      forward.close();
    }
    await removeNamespace(this.namespace);
  }
}

/** Makes a namespace that `removeNamespace` may delete. */
export async function makeNamespace(name: string, labels: { [key: string]: string } = {}): Promise<void> {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { [OURS]: 'true', ...labels } } };
  // For the pods of tests: those without a CPU request get next to nothing on a busy node.
  const spec = { limits: [{ type: 'Container', defaultRequest: { cpu: '20m' } }] };
  const usual = { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'usual', namespace: name }, spec };
  await kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [namespace, usual] }));
}

/** Deletes a namespace, if a test has made it. */
export async function removeNamespace(name: string): Promise<void> {
  const { code, stdout } = await tryKubectl(['get', 'namespace', name, '-o', `jsonpath={.metadata.labels.${OURS}}`]);
  if (code !== 0) {
    return;
  }
  if (stdout !== 'true') {
    throw new Error(`namespace ${name} was not made by these tests, so it is not deleted`);
  }
  await kubectl(['delete', 'namespace', name, '--wait=false']);
  await kubectl(['delete', 'pods', '--all', '-n', name, '--force', '--grace-period=0', '--timeout=60s']);
  // Kubernetes looks again after half of the longest grace of its pods, a minute, or when the namespace changes.
  await tryKubectl(['annotate', 'namespace', name, 'oriso-matrix-e2e=ended']);
  await kubectl(['delete', 'namespace', name, '--ignore-not-found', '--timeout=120s']);
}
