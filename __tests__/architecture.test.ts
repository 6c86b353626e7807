import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const ROOT = join(__dirname, '..');
/** The only files that put several parts together. */
const WIRING = ['lib/index.ts', 'lib/matrix-chart.ts'];
const FILES = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => `lib/${path}`)
  .sort();

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
    (path) => path.startsWith('lib/') && !['kubernetes', part].includes(path.split('/')[1]),
  );
  expect(others).toEqual([]);
});

/** Whether a file has something that runs: not the lists of exports, interfaces and constants. */
function runs(file: string): boolean {
  const code = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');
  return basename(file) !== 'index.ts' && /\bfunction\b|\bclass\b|=>/.test(code);
}

it.each(FILES.filter(runs))('%s has tests', (file) => {
  expect(existsSync(join(ROOT, file.replace(/^lib/, '__tests__').replace(/\.ts$/, '.test.ts')))).toBe(true);
});
