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

const hasTests = (file: string) => {
  const mirrored = file.replace(/^lib/, '__tests__');
  const path = file.endsWith('.py')
    ? join(dirname(mirrored).replace('/matrix_backups', ''), `test_${basename(file)}`)
    : mirrored.replace(/\.ts$/, '.test.ts');
  return existsSync(join(ROOT, path));
};

it.each(FILES.filter(runs))('%s has tests', (file) => {
  expect(hasTests(file)).toBe(true);
});

const PROGRAM = 'lib/backups/program/matrix_backups';
/** Modules of Python that are tested with another one, or with the command that they are a part of. */
const TESTED_WITH: { [file: string]: string } = {
  [`${PROGRAM}/__main__.py`]: `${PROGRAM}/commands.py`,
  [`${PROGRAM}/archiver.py`]: `${PROGRAM}/agent.py`,
  [`${PROGRAM}/catalog.py`]: `${PROGRAM}/wal_chain.py`,
  [`${PROGRAM}/drill_check.py`]: `${PROGRAM}/drill.py`,
  [`${PROGRAM}/drill_fetch.py`]: `${PROGRAM}/drill.py`,
  [`${PROGRAM}/drill_synapse.py`]: `${PROGRAM}/drill.py`,
  [`${PROGRAM}/dump.py`]: `${PROGRAM}/backup.py`,
  [`${PROGRAM}/fetch.py`]: `${PROGRAM}/restore_fetch.py`,
  [`${PROGRAM}/restic.py`]: `${PROGRAM}/repository.py`,
  [`${PROGRAM}/restore_choice.py`]: `${PROGRAM}/restore_fetch.py`,
  [`${PROGRAM}/restore_secrets.py`]: `${PROGRAM}/restore_finish.py`,
  [`${PROGRAM}/sample.py`]: `${PROGRAM}/backup.py`,
  [`${PROGRAM}/shipper.py`]: `${PROGRAM}/agent.py`,
  [`${PROGRAM}/timelines.py`]: `${PROGRAM}/choose.py`,
  [`${PROGRAM}/watcher.py`]: `${PROGRAM}/agent.py`,
  'lib/synapse/start/epoch.py': 'lib/synapse/start/epoch_guard.py',
};
/** They only name things. */
const NOTHING_TO_RUN = ['__init__.py', 'mounts.py', 'problem.py'].map((name) => `${PROGRAM}/${name}`);
const MODULES = ALL.filter((path) => path.endsWith('.py'));

it.each(MODULES)('%s has tests', (file) => {
  // No longer an exception once it has some.
  expect(hasTests(file)).toBe(!(file in TESTED_WITH || NOTHING_TO_RUN.includes(file)));
  expect(hasTests(TESTED_WITH[file] ?? file)).toBe(!NOTHING_TO_RUN.includes(file));
});

it('excepts only modules that are there', () => {
  expect([...Object.keys(TESTED_WITH), ...NOTHING_TO_RUN].filter((file) => !MODULES.includes(file))).toEqual([]);
});

it.each(ALL.filter((path) => /\.(py|sh|sql)$/.test(path)))('%s has at most 150 lines', (file) => {
  expect(readFileSync(join(ROOT, file), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});
