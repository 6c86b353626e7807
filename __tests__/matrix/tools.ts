import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Where tools and what they read are kept. */
export const BUILD = join(__dirname, '../../build');

const run = promisify(execFile);
const installations = new Map<string, Promise<void>>();

/** The path of a program, which is installed when it is not there. */
export async function existing(program: string, install: () => Promise<void>): Promise<string> {
  const installation = installations.get(program) ?? (existsSync(program) ? Promise.resolve() : install());
  installations.set(program, installation);
  await installation;
  return program;
}

/**
 * What a program prints.
 *
 * @param fine exit code that is no failure, besides 0.
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
