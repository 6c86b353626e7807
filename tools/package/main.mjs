// Installs the packed package as a stranger would, with the lowest and the newest peers, as CommonJS and as ES modules.
// The examples must compile without skipping any declaration, and write the same bytes every time.
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { checkOwnProject } from './own-project.mjs';
import { run } from './run.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const PEERS = Object.entries(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).peerDependencies);
const EXAMPLES = readdirSync(join(ROOT, 'examples'));

/** Makes a project with the package and these versions of its peers. */
function makeProject(folder, packed, peers) {
  const home = mkdtempSync(join(folder, 'project-'));
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
  run(home, 'npm', ['install', '--no-audit', '--no-fund', packed, ...peers]);
  // Its own tools would be the same.
  for (const tool of ['@types/node', '.bin/tsc', '.bin/cdk8s']) {
    const link = join(home, 'node_modules', tool);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', tool), link);
  }
  return home;
}

/** Compiles and runs the examples, and returns the hash of what they write. */
function hashOfExamples(home, type) {
  const source = join(home, type);
  cpSync(join(ROOT, 'examples'), source, { recursive: true });
  writeFileSync(join(source, 'package.json'), JSON.stringify({ type }));
  const options = '--strict --skipLibCheck false --module nodenext --target es2022 --types node --ignoreConfig';
  run(source, 'npx', ['tsc', ...options.split(' '), '--outDir', '.', ...EXAMPLES]);
  const hash = createHash('sha256');
  for (const example of EXAMPLES) {
    const outdir = mkdtempSync(join(source, 'dist-'));
    run(source, 'node', [example.replace(/ts$/, 'js')], { CDK8S_OUTDIR: outdir });
    for (const file of readdirSync(outdir).sort()) {
      hash.update(readFileSync(join(outdir, file)));
    }
  }
  return hash.digest('hex');
}

/** The program for operators runs, and has all that it needs. */
function checkProgram(home) {
  const usage = run(home, 'npx', ['--no-install', 'oriso-matrix', 'doctor', '--help']);
  if (!usage.includes('oriso-matrix doctor --namespace NAMESPACE')) {
    throw new Error(`oriso-matrix doctor --help printed:\n${usage}`);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'oriso-matrix-package-'));
try {
  run(ROOT, 'npm', ['pack', '--pack-destination', folder]);
  const packed = join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.tgz')),
  );
  const lowest = PEERS.map(([name, range]) => `${name}@${range.replace('^', '')}`);
  const newest = PEERS.map(([name, range]) => `${name}@${range}`);
  const written = new Set();
  for (const peers of [lowest, newest]) {
    const home = makeProject(folder, packed, peers);
    for (const type of ['commonjs', 'module']) {
      const hash = hashOfExamples(home, type);
      written.add(hash);
      console.log(`${type} with ${peers.join(' ')}: ${hash.slice(0, 12)}`);
    }
    checkOwnProject(home);
    checkProgram(home);
  }
  if (written.size > 1) {
    throw new Error('the examples do not give the same bytes with all peers: raise the lowest in package.json');
  }
} finally {
  rmSync(folder, { recursive: true });
}
