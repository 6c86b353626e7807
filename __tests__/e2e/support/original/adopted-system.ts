import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { transformSync } from 'esbuild';

const ROOT = resolve(__dirname, '..', '..', '..', '..');

/** What `oriso-matrix adopt` says about an installation. */
export function adopt(namespace: string): string {
  return execFileSync('node', [join(ROOT, 'build/cli/main.js'), 'adopt', '--namespace', namespace], {
    encoding: 'utf8',
  });
}

/** The manifest that the program makes which `adopt` printed. */
export function adoptedSystem(said: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'adopted-'));
  const program = said.slice(said.indexOf('import {')).replace("'./lib'", JSON.stringify(join(ROOT, 'build/lib')));
  const file = join(folder, 'main.js');
  writeFileSync(file, transformSync(program, { loader: 'ts', format: 'cjs' }).code);
  const env = { ...process.env, NODE_PATH: join(ROOT, 'node_modules'), CDK8S_OUTDIR: join(folder, 'dist') };
  execFileSync('node', [file], { env });
  return readdirSync(join(folder, 'dist'))
    .map((name) => readFileSync(join(folder, 'dist', name), 'utf8'))
    .join('---\n');
}
