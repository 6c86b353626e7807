import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Folder of the tools and their input. */
export const BUILD = join(__dirname, '../../build');

const run = promisify(execFile);
const installations = new Map<string, Promise<void>>();

/** The path of a program, which is installed when it is missing. */
export async function existing(program: string, install: () => Promise<void>): Promise<string> {
  const installation = installations.get(program) ?? (existsSync(program) ? Promise.resolve() : install());
  installations.set(program, installation);
  await installation;
  return program;
}

/**
 * The output of a program.
 *
 * @param fine exit code besides 0 that is not a failure.
 */
export async function outputOf(program: string, args: string[], fine = 0): Promise<string> {
  try {
    return (await run(program, args, { maxBuffer: 2 ** 30 })).stdout;
  } catch (problem) {
    const { code, stdout } = problem as { code?: number; stdout?: string };
    if (code === fine && stdout) {
      return stdout;
    }
    throw problem;
  }
}
