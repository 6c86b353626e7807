import { type ExecFileException, execFile } from 'node:child_process';

/** kubectl could not read something, because it refused or does not answer. */
export class CannotLook extends Error {}

/** What a look returns, or something else when it cannot look. */
export async function quietly<T>(otherwise: T, look: () => Promise<T>): Promise<T> {
  return look().catch((problem) => {
    if (problem instanceof CannotLook) {
      return otherwise;
    }
    throw problem;
  });
}

/** Runs kubectl, in one namespace. It inherits KUBECONFIG. */
export class Kubectl {
  constructor(
    public readonly namespace: string,
    private readonly program = 'kubectl',
  ) {}

  /** Output of a command. @throws CannotLook with what kubectl says. */
  public async run(...args: string[]): Promise<string> {
    const { stdout, problem } = await this.partly(args);
    if (problem !== undefined) {
      throw new CannotLook(problem);
    }
    return stdout;
  }

  /** Output of a command as JSON. @throws CannotLook with what kubectl says. */
  public async json<T>(...args: string[]): Promise<T> {
    return JSON.parse(await this.run(...args, '-o', 'json'));
  }

  /** Output of a command, which may have succeeded only in part, and the last problem. */
  public partly(args: string[], input = ''): Promise<{ stdout: string; problem?: string }> {
    const all = ['-n', this.namespace, '--request-timeout=20s', ...args];
    return new Promise((done) => {
      const child = execFile(this.program, all, { maxBuffer: 256 * 1024 * 1024 }, (problem, stdout, stderr) =>
        done({ stdout, problem: problem ? reason(problem, stderr) : undefined }),
      );
      // It may end without reading.
      child.stdin?.on('error', () => undefined).end(input);
    });
  }
}

/** One line; kubectl repeats the reason for each attempt. */
function reason(problem: ExecFileException, stderr: string): string {
  if ((problem.code as unknown) === 'ENOENT') {
    return 'kubectl is not installed, or not in the PATH';
  }
  const lines = stderr.trim().split('\n');
  return (lines.at(-1) || problem.message).replace(/^(error|Error from server( \(\w+\))?): /, '');
}
