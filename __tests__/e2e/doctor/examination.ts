import { execFile } from 'node:child_process';
import { join } from 'node:path';

const PROGRAM = join(__dirname, '..', '..', '..', 'build', 'cli', 'main.js');

/** What the doctor found. */
export interface Examination {
  readonly code: number;
  readonly findings: {
    readonly check: string;
    readonly verdict: string;
    readonly says: string;
    readonly next?: string;
  }[];
  /** What it could not say as JSON. */
  readonly stderr: string;
}

/** Runs the doctor as an operator does. */
export async function examine(
  namespace: string,
  args: string[] = [],
  environment: { [name: string]: string } = {},
): Promise<Examination> {
  const all = [PROGRAM, 'doctor', '--namespace', namespace, '--json', ...args];
  const { code, stdout, stderr } = await new Promise<{ code: number; stdout: string; stderr: string }>((done) => {
    execFile('node', all, { env: { ...process.env, ...environment } }, (problem, stdout, stderr) =>
      done({ code: Number(problem?.code ?? 0), stdout, stderr }),
    );
  });
  return { code, stderr, findings: stdout ? JSON.parse(stdout).findings : [] };
}

/** The findings that are not good, one line each. */
export function problems({ findings }: Examination): string[] {
  return findings.filter(({ verdict }) => verdict !== 'ok').map(lineOf);
}

/** A finding as a line. */
export const lineOf = ({ verdict, check, says }: Examination['findings'][0]): string => `${verdict} ${check}: ${says}`;
