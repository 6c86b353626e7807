import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const ROOT = join(__dirname, '..');
/** The only files that put several parts together. */
const WIRING = ['lib/index.ts', 'lib/matrix-chart.ts'];
const ALL = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
  .map((path) => `lib/${path}`)
  .sort();
const FILES = ALL.filter((path) => path.endsWith('.ts'));

/** What a file imports at run time, as paths from the root. */
function runtimeImports(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/^(?:import|export)\s(?!type\s)[^;]*?from '(\.[^']*)';|require\('(\.[^']*)'\)/gm)].map(
    (match) => join(dirname(file), match[1] ?? match[2]),
  );
}

// Everything else about imports is in biome.json, which cannot tell types from values.
it.each(FILES.filter((file) => !WIRING.includes(file)))('%s takes only types from other parts', (file) => {
  const part = file.split('/')[1];
  const others = runtimeImports(file).filter(
    (path) => path.startsWith('lib/') && !['addresses', 'kubernetes', 'python', part].includes(path.split('/')[1]),
  );
  expect(others).toEqual([]);
});

/** Whether a file has something that runs: not the lists of exports, interfaces and constants. */
function runs(file: string): boolean {
  const code = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');
  return basename(file) !== 'index.ts' && /\bfunction\b|\bclass\b|=>/.test(code);
}

const hasTests = (file: string) =>
  existsSync(join(ROOT, file.replace(/^lib/, '__tests__').replace(/\.(ts|py)$/, '.test.ts')));

it.each(FILES.filter(runs))('%s has tests', (file) => {
  expect(hasTests(file)).toBe(true);
});

/** Modules of Python, and whose tests run them. */
const RUN_BY_OTHERS: { [file: string]: string } = {
  'lib/backups/scripts/sets.py': 'lib/backups/scripts/choose.py',
  'lib/secrets/new_values.py': 'lib/secrets/make-secrets.py',
  'lib/synapse/start/database.py': 'lib/synapse/start/wait-for-database.py',
};
/** They speak with Kubernetes, PostgreSQL and Synapse, or put together what has tests: those in __tests__/e2e alone run them. */
const RUN_ON_A_CLUSTER = [
  'lib/backups/scripts/agent.py',
  'lib/backups/scripts/drill-check.py',
  'lib/backups/scripts/fetch-drill.py',
  'lib/backups/scripts/fetch-restore.py',
  'lib/backups/scripts/fetch.py',
  'lib/backups/scripts/list-sets.py',
  'lib/backups/scripts/restore-check.py',
  'lib/backups/scripts/restore-media.py',
  'lib/backups/scripts/shipper.py',
  'lib/backups/scripts/store-dump.py',
  'lib/backups/scripts/watcher.py',
  'lib/python/kube.py',
];
const SCRIPTS = ALL.filter((path) => path.endsWith('.py'));

it.each(SCRIPTS)('%s has tests, here or on a cluster', (file) => {
  // No longer an exception once it has some.
  expect(hasTests(RUN_BY_OTHERS[file] ?? file)).toBe(!RUN_ON_A_CLUSTER.includes(file));
});

it('excepts only scripts that are there', () => {
  expect([...Object.keys(RUN_BY_OTHERS), ...RUN_ON_A_CLUSTER].filter((file) => !SCRIPTS.includes(file))).toEqual([]);
});
