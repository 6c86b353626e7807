import { execFileSync } from 'node:child_process';

/** Runs a program and returns its output; an error has all that it printed. */
export function run(cwd, command, args, env = {}) {
  try {
    return execFileSync(command, args, { cwd, env: { ...process.env, ...env }, stdio: 'pipe', encoding: 'utf8' });
  } catch (error) {
    throw new Error(`${command} ${args.join(' ')} in ${cwd}:\n${error.stdout}${error.stderr}`);
  }
}
