import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bash, programContainer, programFiles } from '../../../lib/backups/program/program';
import { BACKED_UP_BY_OPERATOR, backedUp, factsOf, valuesOf } from '../../support/backup-parts';
import { containersOf, type Manifest, workloadsOf } from '../../support/manifests';

const PROGRAM = join(__dirname, '../../../lib/backups/program');
const PYTHON = join(__dirname, '../../../lib/python');
const BESIDE = ['kubernetes_api.py', 'kubernetes_secrets.py', 'synapse_api.py', 'volume.py', 'restart-on-change.sh'];
const files = programFiles();
const there = Object.keys(files);

const sources = readdirSync(PROGRAM, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(py|sh|sql)$/.test(path))
  .map((path) => join(PROGRAM, path));

it('has every file of its folders once and unchanged, and the shared modules', () => {
  expect(there).toHaveLength(sources.length + BESIDE.length);
  expect(there).toEqual(expect.arrayContaining(BESIDE));
  for (const path of [...sources, ...BESIDE.slice(0, 2).map((name) => join(PYTHON, name))]) {
    expect(files[path.split('/').at(-1) as string]).toBe(readFileSync(path, 'utf8'));
  }
});

it('does not depend on the order of the folder', () => {
  const python = there.filter((name) => name.endsWith('.py') && !BESIDE.includes(name));
  expect(python).toEqual([...python].sort());
});

const COMMANDS = [
  ...['backup store', 'dump store', 'prune', 'verify', 'list', 'agent', 'restore check', 'restore fetch'],
  ...['restore media', 'restore finish', 'drill fetch', 'drill check', 'drill removal', 'drill recover'],
];
const systems = [backedUp(), backedUp({ replicated: BACKED_UP_BY_OPERATOR })];
const containers = systems
  .flatMap(({ manifests }) => workloadsOf(manifests))
  .flatMap(({ template }) => containersOf(template));
const words = containers.map(({ command = [], args = [] }: Manifest): string[] => [...command, ...args]);

it('is run by each of its commands', () => {
  const run = words.filter((one) => one.includes('matrix_backups'));
  const commands = run.map((one) => one.slice(one.indexOf('matrix_backups') + 1).join(' '));
  expect([...new Set(commands)].sort()).toEqual([...COMMANDS].sort());
  const code = 'import json; from matrix_backups.__main__ import COMMANDS; print(json.dumps(sorted(COMMANDS)))';
  const env = { ...process.env, PYTHONPATH: `${PROGRAM}:${PYTHON}`, PYTHONDONTWRITEBYTECODE: '1' };
  expect(JSON.parse(execFileSync('python3', ['-c', code], { env, encoding: 'utf8' }))).toEqual([...COMMANDS].sort());
});

/** Files that pods name. */
const NAMED = words
  .flat()
  .filter((part) => part.startsWith('/program/matrix_backups/'))
  .map((path) => path.slice('/program/matrix_backups/'.length));

it('has every file that pods name', () => {
  expect(NAMED).toEqual(expect.arrayContaining(['copy-database.sh', 'restart-on-change.sh', 'drill.yaml']));
  expect([...there, 'drill.yaml']).toEqual(expect.arrayContaining(NAMED));
});

/** Files that a bash script names. */
function neededBy(name: string): string[] {
  return [...files[name].matchAll(/\$\(dirname "[^"]*"\)\/([\w.-]+)/g)].map(([, one]) => one);
}

it.each(there.filter((name) => name.endsWith('.sh')))('%s finds what it needs', (name) => {
  expect(neededBy(name).filter((one) => !there.includes(one))).toEqual([]);
});

it('has no unused bash or SQL', () => {
  const needed = new Set(NAMED);
  for (const name of needed) {
    for (const one of files[name] === undefined ? [] : neededBy(name)) {
      needed.add(one);
    }
  }
  expect(there.filter((name) => /\.(sh|sql)$/.test(name) && !needed.has(name))).toEqual([]);
});

it('runs in the image of Synapse, with its modules in the path', () => {
  const { facts } = factsOf();
  const container = programContainer(facts, { name: 'check', command: ['restore', 'check'], withToken: true });
  expect(container).toMatchObject({
    image: facts.homeserver.image,
    command: ['python3', '-m', 'matrix_backups', 'restore', 'check'],
    volumeMounts: [{ name: 'program', mountPath: '/program/matrix_backups', readOnly: true }],
    withToken: true,
  });
  expect(valuesOf(container)).toEqual({
    NAMESPACE: undefined,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
    PYTHONPATH: '/program:/program/matrix_backups',
  });
  expect(bash('facts.sh')).toEqual(['/bin/bash', '/program/matrix_backups/facts.sh']);
});
