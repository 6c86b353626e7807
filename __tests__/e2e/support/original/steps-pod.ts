import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { kubectl, type Outcome, tryKubectl } from '../kubectl';

const SCRIPT = readFileSync(join(__dirname, '..', '..', 'crashtest', 'scripts', 'step.sh'), 'utf8');
const NAME = 'move-steps';
/** Exit code of a step that was killed. */
export const KILLED = 99;

/** One pod in which a test runs the steps of the move, and kills all of its processes at once, as a node that dies does. */
export class StepsPod {
  private constructor(private readonly namespace: string) {}

  /** The pod of a step as it was rendered, except that it waits for commands. That of `postgres` sees only its claim. */
  public static async start(namespace: string, manifest: string, step = 'port'): Promise<StepsPod> {
    const all = parseAllDocuments(manifest).map((document) => document.toJS());
    const job = all.find(({ kind, metadata }) => kind === 'CronJob' && metadata.name === `matrix-migration-${step}`);
    const { metadata, spec } = job.spec.jobTemplate.spec.template;
    const [container] = spec.containers;
    const waiting = { ...container, command: ['/bin/bash', '-c', 'while :; do sleep 1d; done'] };
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: NAME, labels: metadata.labels },
      spec: { ...spec, containers: [waiting], terminationGracePeriodSeconds: 1 },
    };
    await kubectl(['apply', '-n', namespace, '-f', '-'], JSON.stringify(pod));
    await kubectl(['wait', '--for=condition=ready', `pod/${NAME}`, '-n', namespace, '--timeout=120s']);
    return new StepsPod(namespace);
  }

  public async end(): Promise<void> {
    await kubectl(['delete', 'pod', NAME, '-n', this.namespace]);
  }

  /** Runs a step; after so many seconds everything dies. */
  public run(step: string, seconds?: number): Promise<Outcome> {
    const when = seconds === undefined ? '-' : seconds.toFixed(2);
    return this.exec('bash', '-c', SCRIPT, 'step.sh', when, 'python3', '-m', 'matrix_migration', step);
  }

  public async exec(...command: string[]): Promise<Outcome> {
    const { stderr, ...rest } = await tryKubectl(['exec', '-n', this.namespace, NAME, '--', ...command]);
    // On a busy machine kubectl adds to it what it thinks of its own connection.
    return { ...rest, stderr: stderr.replace(/^[EIW]\d{4} .*\n/gm, '') };
  }
}
