import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Output and exit code of a command. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs kubectl and never throws. */
export async function tryKubectl(args: string[], input?: string): Promise<Outcome> {
  const child = run('kubectl', args, { maxBuffer: 256 * 1024 * 1024 });
  if (input !== undefined) {
    child.child.stdin?.end(input);
  }
  return child.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (problem) => ({ code: problem.code ?? 1, stdout: problem.stdout ?? '', stderr: problem.stderr ?? String(problem) }),
  );
}

/** Runs kubectl, and fails with its output. */
export async function kubectl(args: string[], input?: string): Promise<string> {
  const { code, stdout, stderr } = await tryKubectl(args, input);
  if (code !== 0) {
    throw new Error(`kubectl ${args.join(' ')}: exit code ${code}\n${stdout}${stderr}`);
  }
  return stdout;
}

/** Waits until `condition` returns a truthy value, and returns that. */
export async function eventually<T>(
  what: string,
  seconds: number,
  condition: () => Promise<T | undefined | false>,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const value = await condition();
      if (value) {
        return value;
      }
    } catch (problem) {
      last = problem;
    }
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error(`${what}: not within ${seconds} s${last ? `: ${last}` : ''}`);
}
