import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiPage, undescribed } from '../tools/reference/api';
import { type Declared, declaredIn } from '../tools/reference/declarations';
import { environmentPage, wrongVariables } from '../tools/reference/environment';
import { errorsOf, errorsPage } from '../tools/reference/errors';
import { meaningsOf, metricsPage } from '../tools/reference/metrics';
import { objectsPage } from '../tools/reference/objects';
import { propsPage, undocumented } from '../tools/reference/props';
import { PublicDeclarations } from '../tools/reference/public-declarations';

const ROOT = join(__dirname, '..');
const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const filesOf = (ending: string) =>
  readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => `lib/${path}`)
    .sort();
const METRICS = 'lib/backups/program/matrix_backups/metrics.py';
const CALL_METRICS = 'lib/calls/token-service/program/service_metrics.py';
const SYNTHETIC_METRICS = 'lib/synthetic-user/program/step_metrics.py';

const folder = mkdtempSync(join(tmpdir(), 'matrix-reference-'));
let exported: Declared[];
beforeAll(() => {
  const args = ['-p', join(ROOT, 'tsconfig.build.json'), '--emitDeclarationOnly', '--outDir', folder];
  execFileSync(join(ROOT, 'node_modules/.bin/tsc'), args);
  const origins = [...new PublicDeclarations(folder, 'lib/index').exported().values()];
  exported = declaredIn(
    folder,
    origins.filter(({ module }) => module.startsWith('lib/')),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const sources = () => Object.fromEntries(filesOf('.ts').map((file) => [file, textOf(file)]));

function manifests(): unknown[] {
  process.env.CDK8S_OUTDIR = folder;
  return jest.requireActual<typeof import('../main')>('../main').app.charts.flatMap((chart) => chart.toJson());
}

// `npm run docs` writes what these expect.
it.each([
  ['api', () => apiPage(exported)],
  ['props', () => propsPage(exported)],
  ['objects', () => objectsPage(manifests())],
  ['environment', () => environmentPage(textOf('main.ts'))],
  ['metrics', () => metricsPage(textOf(METRICS), textOf(SYNTHETIC_METRICS), textOf(CALL_METRICS))],
  ['errors', () => errorsPage(sources())],
])('generates docs/reference/%s.md from the code', (name, content) => {
  const path = join(ROOT, 'docs', 'reference', `${name}.md`);
  if (process.env.UPDATE_README) {
    writeFileSync(path, content());
  }
  expect(readFileSync(path, 'utf8')).toBe(content());
});

it('every prop has a summary, and a default where it is optional', () => {
  expect(undocumented(exported)).toEqual([]);
});

it('every class, interface and function that is exported has a summary, and so have its members', () => {
  expect(exported.filter(({ doc }) => !doc.summary).map(({ name }) => name)).toEqual([]);
  expect(undescribed(exported)).toEqual([]);
});

/** Invariants of the code itself, which no prop of a user can break. */
const INTERNAL =
  /an emptyDir without|no command to restart|not an init container|withToken|uid must be|HAProxy's configuration|after synthesis/;

// The path is put before all of them: `__tests__/kubernetes/checks/error-place.test.ts`. Settings have theirs in their check.
const parametersOf = (signature: string) => [...signature.matchAll(/(\w+)\??: /g)].map(([, name]) => name);

it('every error names a prop, or what was called', () => {
  const names = new Set(
    exported.flatMap(({ name, members }) => [
      name,
      ...members.flatMap((member) => [member.name, ...parametersOf(member.signature)]),
    ]),
  );
  const errors = Object.entries(sources())
    .filter(([file]) => !file.startsWith('lib/synapse/config/') && file !== 'lib/kubernetes/app.ts')
    .flatMap(([, source]) => errorsOf(source));
  const isPlaced = (text: string) =>
    /^(…|‹(what|path|key)›)/.test(text) ||
    (text.split(/:(?= )/)[0].match(/[a-zA-Z]+/g) ?? []).some((word) => names.has(word));
  expect(errors.filter((text) => !isPlaced(text) && !INTERNAL.test(text))).toEqual([]);
});

it('every environment variable is explained or set by the deployment', () => {
  expect(wrongVariables(filesOf('.py').map(textOf), textOf('main.ts'))).toEqual([]);
});

// The other direction is tested in Python: a metric without a meaning fails.
it('every metric that has a meaning is published', () => {
  const meanings = meaningsOf(textOf(METRICS));
  expect(meanings.length).toBe(textOf(METRICS).match(/^ {4}"matrix_/gm)?.length);
  const published = [...filesOf('.py'), ...filesOf('.sh')]
    .filter((file) => file !== METRICS)
    .map(textOf)
    .join('\n');
  const isPublished = (name: string) =>
    published.includes(name) ||
    published.includes(`"${name.replace(/^matrix_(backup_(volume|password)|[a-z]+)_/, '')}"`);
  expect(meanings.map(([name]) => name).filter((name) => !isPublished(name))).toEqual([]);
});

it.each<[string, string[]]>([
  [`throw new Error(\`port \${a.port} is not valid: \` +\n 'use 80');`, ['port ‹port› is not valid: use 80']],
  [`throw new Error(\`it \${yes ? 'has' : 'lacks'} \${names.join(', ')}\`);`, ['it ‹has / lacks› ‹names›']],
  ["/'/.test(a); return ['x is true, but y is not: remove it'];", ['x is true, but y is not: remove it']],
  ["fail('it is empty', 'use a name');", ['… it is empty: use a name']],
  ["// throw new Error('no')\nconst a = 'text';", []],
])('finds the errors of %s', (source, errors) => {
  expect(errorsOf(source)).toEqual(errors);
});
