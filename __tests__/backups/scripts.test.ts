import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCRIPTS } from '../../lib/backups/scripts';
import { containersOf, find, type Manifest, workloadsOf } from '../support/manifests';
import { manifestsOf } from '../support/systems';

const FOLDER = join(__dirname, '../../lib/backups/scripts');
const manifests = manifestsOf('default');
const data: { [name: string]: string } = find(manifests, 'ConfigMap', 'matrix-backup-script').data;
const there = Object.keys(data);

it('are those of the folder, in order', () => {
  const files = readdirSync(FOLDER).filter((name) => name !== '__pycache__');
  expect(SCRIPTS).toEqual(files.sort());
});

it('are in the ConfigMap as they are in the folder, beside what is made', () => {
  expect(there.filter((name) => !SCRIPTS.includes(name)).sort()).toEqual([
    'drill.yaml',
    'kube.py',
    'restart-on-change.sh',
  ]);
  for (const name of SCRIPTS) {
    expect(data[name]).toBe(readFileSync(join(FOLDER, name), 'utf8'));
  }
});

/** Scripts that pods run by their command. */
const RUN = workloadsOf(manifests)
  .flatMap(({ template }) => containersOf(template))
  .flatMap(({ command = [], args = [] }: Manifest): string[] => [...command, ...args])
  .filter((part) => part.startsWith('/scripts/'))
  .map((path) => path.slice('/scripts/'.length));

/** What a script sources, reads beside itself, or imports of ours. */
function neededBy(name: string): string[] {
  const text = data[name];
  if (name.endsWith('.py')) {
    const imported = [...text.matchAll(/^\s*(?:from ([\w.]+) import|import ([\w., ]+))/gm)];
    const modules = imported.flatMap(([, from, list]) => (from ? [from] : list.split(',').map((one) => one.trim())));
    return modules.map((one) => `${one.split(/[ .]/)[0]}.py`).filter((file) => !OTHERS.includes(file));
  }
  return [...text.matchAll(/\$\(dirname "[^"]*"\)\/([\w.-]+)|\/scripts\/([\w.-]+)/g)].map(([, one, two]) => one ?? two);
}

/** Python's own modules, and the one that is in Synapse's image. */
const OTHERS = execFileSync('python3', ['-c', 'import sys; print(*sys.stdlib_module_names)'], { encoding: 'utf8' })
  .trim()
  .split(' ')
  .concat('psycopg2')
  .map((name) => `${name}.py`);

it('are there when a pod runs them', () => {
  expect(RUN.length).toBeGreaterThan(10);
  expect(there).toEqual(expect.arrayContaining(RUN));
});

it.each(there.filter((name) => /\.(py|sh)$/.test(name)))('%s finds whatever it needs', (name) => {
  expect(neededBy(name).filter((one) => !there.includes(one))).toEqual([]);
});

it('are all needed: by a pod, or by a script that is', () => {
  const needed = new Set(RUN);
  for (const name of needed) {
    for (const one of data[name] === undefined ? [] : neededBy(name)) {
      needed.add(one);
    }
  }
  expect(SCRIPTS.filter((name) => !needed.has(name))).toEqual([]);
});
