import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { SYNAPSE_IMAGE } from '../../lib/python/synapse-image';
import type { Verdict } from './table';

/** Settings on top of the probe's own, and whether Synapse starts with them or only reads them. */
export interface Question {
  readonly settings: object;
  readonly serve: boolean;
}

const POD = 'verdicts';

/**
 * Asks the pinned Synapse, in a pod of this namespace.
 *
 * @param answered is told of each verdict as it comes, with the position of the question.
 */
export async function ask(
  namespace: string,
  questions: readonly Question[],
  answered: (verdict: Verdict, index: number) => void,
): Promise<void> {
  await kubectl(['apply', '-n', namespace, '-f', '-'], JSON.stringify(pod()));
  await kubectl(['wait', '-n', namespace, '--for=condition=Ready', `pod/${POD}`, '--timeout=300s']);
  const program = readFileSync('tools/synapse-verdicts/probe.py', 'utf8');
  let answers = 0;
  await kubectl(
    ['exec', '-i', '-n', namespace, POD, '--', 'python3', '-c', program],
    questions.map((question) => `${JSON.stringify(question)}\n`).join(''),
    (line) => {
      const [index, trouble]: Answer = JSON.parse(line);
      answered(verdictOf(trouble, questions[index].serve), index);
      answers += 1;
    },
  );
  if (answers < questions.length) throw new Error(`the probe ended after ${answers} of ${questions.length} answers`);
}

/** The position of the question, and at which stage Synapse gave up and why. */
type Answer = [number, [string, string] | null];

function verdictOf(answer: Answer[1], serve: boolean): Verdict {
  if (answer === null) return { outcome: serve ? 'serves' : 'reads' };
  return { outcome: answer[0], reason: short(answer[1]) };
}

/** The reason on one line, without addresses of memory. */
export function short(reason: string): string {
  const line = reason
    .replace(/\s+/g, ' ')
    .replace(/^ ?: /, '')
    .replace(/0x[0-9a-f]+/g, '…')
    .trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

function pod(): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: POD },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      securityContext: { runAsNonRoot: true, runAsUser: SYNAPSE_IMAGE.uid, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'synapse',
          image: SYNAPSE_IMAGE.reference,
          command: ['sleep', 'infinity'],
          resources: { requests: { cpu: '100m', memory: '256Mi' } },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
}

/** Runs kubectl, and fails with its output. */
export async function kubectl(args: string[], input = '', onLine: (line: string) => void = () => {}): Promise<void> {
  const child = spawn('kubectl', args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (data) => {
    complaint += data;
  });
  // A probe that ends early says why; the broken pipe does not.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const closed = new Promise<number | null>((done) => child.on('close', done));
  for await (const line of createInterface({ input: child.stdout })) onLine(line);
  const code = await closed;
  if (code !== 0) throw new Error(`kubectl ${args[0]} ended with ${code}: ${complaint}`);
}
