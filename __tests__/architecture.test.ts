import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { PublicDeclarations } from '../tools/reference/public-declarations';

const ROOT = join(__dirname, '..');
/** The only files that combine parts or list all of them. */
const WIRING = ['lib/index.ts', 'lib/matrix-chart.ts', 'lib/matrix-chart-props.ts'];
const ALL = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
  .map((path) => `lib/${path}`)
  .filter((path) => !path.includes('__pycache__'))
  .sort();
const FILES = ALL.filter((path) => path.endsWith('.ts'));
/** The program for operators. */
const CLI = readdirSync(join(ROOT, 'cli'), { recursive: true, encoding: 'utf8' })
  .map((path) => `cli/${path}`)
  .sort();
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const linesOf = (text: string) => text.trimEnd().split('\n').length;

/** Returns a file's imports from this repository, as paths from the root. */
function importsOf(file: string, typesToo: boolean): string[] {
  const imports = /^(import|export)\s(type\s)?[^;]*?from '(\.[^']*)';|require\('(\.[^']*)'\)/gm;
  return [...textOf(file).matchAll(imports)]
    .filter(([, , isType]) => typesToo || !isType)
    .map(([, , , from, required]) => join(dirname(file), from ?? required));
}

/** Whether a path is one of these or below one. */
const isWithin = (path: string, places: string[]) =>
  places.some((place) => path === place || path.startsWith(`${place}/`));

describe.each<[string, string[]]>([
  ['lib/addresses', ['lib/addresses']],
  ['lib/kubernetes', ['lib/kubernetes', 'lib/addresses', 'imports']],
  ['lib/python', ['lib/python', 'lib/kubernetes']],
  ['lib/secrets', ['lib/secrets', 'lib/kubernetes', 'lib/addresses', 'lib/python', 'imports']],
  ['lib/system', ['lib/system-size', 'lib/kubernetes', 'lib/addresses', 'lib/secrets']],
])('%s', (ground, allowed) => {
  it.each(FILES.filter((file) => isWithin(file.replace(/\.ts$/, ''), [ground])))('%s imports no part', (file) => {
    expect(importsOf(file, true).filter((path) => !isWithin(path, allowed))).toEqual([]);
  });
});

/** Modules that every part may use at run time. */
const GROUND = [
  'imports',
  'lib/addresses',
  'lib/kubernetes',
  'lib/monitoring/expressions',
  'lib/monitoring/monitored',
  'lib/monitoring/panel',
  'lib/python',
  'lib/secrets/secret-request',
  'lib/system-size',
];
const PARTS = [
  'accounts',
  'backups',
  'calls',
  'discovery',
  'edge',
  'migration',
  'monitoring',
  'postgres',
  'synapse',
  'synthetic-user',
  'upkeep',
  'web-client',
];

// All other import rules are in biome.json, which cannot distinguish types from values.
describe.each(PARTS)('part %s', (part) => {
  it.each(FILES.filter((file) => file.startsWith(`lib/${part}/`)))('%s imports only types from other parts', (file) => {
    const others = importsOf(file, false).filter((path) => !isWithin(path, [...GROUND, `lib/${part}`]));
    expect(others).toEqual([]);
  });
});

it('every folder of lib is a base folder or a part', () => {
  const folders = new Set(ALL.filter((path) => path.split('/').length > 2).map((path) => path.split('/')[1]));
  expect([...folders].sort()).toEqual([...PARTS, 'addresses', 'kubernetes', 'python', 'secrets'].sort());
  const files = FILES.filter((file) => file.split('/').length === 2);
  expect(files).toEqual([...WIRING, 'lib/system-size.ts', 'lib/system.ts'].sort());
});

it.each(FILES.filter((file) => file.startsWith('lib/kubernetes/')))('%s does not name Synapse', (file) => {
  expect(textOf(file).match(/.*synapse.*/gi) ?? []).toEqual([]);
});

it.each([...new Set([...ALL, ...CLI].map(dirname))])('%s holds at most 12 files', (folder) => {
  const held = [...ALL, ...CLI].filter((path) => dirname(path) === folder && /\.\w+$/.test(path));
  expect(held.length).toBeLessThanOrEqual(12);
});

it.each([...ALL, ...CLI].filter((path) => /\.\w+$/.test(path)))('%s has at most 150 lines', (file) => {
  expect(linesOf(textOf(file))).toBeLessThanOrEqual(150);
});

it("MatrixChart's constructor has at most 60 lines", () => {
  const [found] = /^ {2}constructor\(.*?^ {2}\}$/ms.exec(textOf('lib/matrix-chart.ts')) ?? [''];
  expect(found).toContain('super(');
  expect(linesOf(found)).toBeLessThanOrEqual(60);
});

describe('the declarations that are published', () => {
  const folder = mkdtempSync(join(tmpdir(), 'matrix-declarations-'));
  let declarations: PublicDeclarations;
  beforeAll(() => {
    const compiler = join(ROOT, 'node_modules/.bin/tsc');
    const args = ['-p', join(ROOT, 'tsconfig.build.json'), '--emitDeclarationOnly', '--outDir', folder];
    execFileSync(compiler, args, { encoding: 'utf8' });
    declarations = new PublicDeclarations(folder, 'lib/index');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are parsed correctly', () => {
    const exported = declarations.exported();
    expect(exported.get('MatrixChart')).toEqual({ module: 'lib/matrix-chart', name: 'MatrixChart' });
    expect(exported.get('Peer')).toEqual({ module: 'lib/kubernetes/network/peer', name: 'Peer' });
    expect(exported.get('HomeserverSettings')).toMatchObject({ module: 'imports/homeserver' });
    const used = declarations.used().map(({ by, origin }) => `${by}: ${origin.name} of ${origin.module}`);
    expect(used).toContain('MatrixEdgeProps: IMatrixDiscovery of lib/discovery/matrix-discovery');
    expect(used).toContain('MatrixEdge: Construct of constructs');
    expect(used).toContain('MatrixChartProps: SystemProps of lib/system');
  });

  it('name only what is exported', () => {
    const exported = new Set([...declarations.exported().values()].map(({ module, name }) => `${module} ${name}`));
    const missing = declarations
      .used()
      .filter(
        ({ origin }) => /^(lib|imports)\//.test(origin.module) && !exported.has(`${origin.module} ${origin.name}`),
      )
      .map(({ by, origin }) => `${by} names ${origin.name} of ${origin.module}`);
    expect(missing).toEqual([]);
  });

  it('name nothing from inside cdk8s-plus-27', () => {
    const deep = declarations.used().filter(({ origin }) => origin.module.startsWith('cdk8s-plus-27/'));
    expect(deep.map(({ by, origin }) => `${by} names ${origin.name} of ${origin.module}`)).toEqual([]);
  });
});

/** Whether a file has code, and not only exports, interfaces or constants. */
function runs(file: string): boolean {
  const code = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');
  return basename(file) !== 'index.ts' && /\bfunction\b|\bclass\b|=>/.test(code);
}

const hasTests = (file: string) => {
  const mirrored = file.replace(/^lib/, '__tests__').replace(/^cli/, '__tests__/cli');
  const path = file.endsWith('.py')
    ? join(dirname(mirrored).replace(/\/matrix_(backups|migration).*/, ''), `test_${basename(file)}`)
    : mirrored.replace(/\.ts$/, '.test.ts');
  return existsSync(join(ROOT, path));
};

it.each(FILES.filter(runs))('%s has tests', (file) => {
  expect(hasTests(file)).toBe(true);
});

/** Files that ask a cluster: `e2e/doctor.test.ts` runs the whole program on one. */
const TESTED_ON_CLUSTER = [
  'cli/doctor/check.ts',
  'cli/doctor/facts/backups.ts',
  'cli/doctor/facts/claim-room.ts',
  'cli/doctor/facts/pods.ts',
  'cli/main.ts',
  'cli/port-forward.ts',
];

it.each(CLI.filter((path) => path.endsWith('.ts')).filter(runs))('%s has tests', (file) => {
  expect(hasTests(file)).toBe(!TESTED_ON_CLUSTER.includes(file));
});

it('nothing in lib imports the program for operators', () => {
  expect(FILES.filter((file) => importsOf(file, true).some((path) => path.startsWith('cli/')))).toEqual([]);
});

/** Python modules that are tested together with another module or with their command. */
const TESTED_WITH: { [name: string]: string } = {
  __main__: 'commands',
  archiver: 'agent',
  catalog: 'wal_chain',
  drill_check: 'drill',
  drill_fetch: 'drill',
  drill_recover: 'drill_cluster',
  drill_removal: 'drill_cluster',
  drill_synapse: 'drill',
  dump: 'backup',
  epoch: 'epoch_guard',
  fetch: 'restore_fetch',
  restic: 'repository',
  restore_secrets: 'restore_finish',
  sample: 'backup',
  uploader: 'agent',
  timelines: 'choose',
  typed: 'settings',
  watcher: 'agent',
  written: 'step_back',
};
/** Modules that only define names. */
const NOTHING_TO_RUN = ['__init__', 'mounts', 'problem'];
const MODULES = ALL.filter((path) => path.endsWith('.py'));

it.each(MODULES)('%s has tests', (file) => {
  const name = basename(file, '.py');
  const tested = TESTED_WITH[name];
  // A module with tests must not be listed as an exception.
  expect(hasTests(file)).toBe(!(tested || NOTHING_TO_RUN.includes(name)));
  expect(hasTests(join(dirname(file), `${tested ?? name}.py`))).toBe(!NOTHING_TO_RUN.includes(name));
});

it('lists only existing modules as exceptions', () => {
  const names = MODULES.map((file) => basename(file, '.py'));
  expect([...Object.keys(TESTED_WITH), ...NOTHING_TO_RUN].filter((name) => !names.includes(name))).toEqual([]);
});
