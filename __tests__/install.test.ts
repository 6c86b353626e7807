import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowScripts, engines, peerDependencies } from '../package.json';

interface Locked {
  readonly deprecated?: string;
  readonly engines?: { readonly node?: string };
  readonly hasInstallScript?: boolean;
}

const LOCK = readFileSync(join(__dirname, '..', 'package-lock.json'), 'utf8');
const LOCKED = Object.entries<Locked>(JSON.parse(LOCK).packages)
  .filter(([path]) => path !== '')
  .map(([path, locked]) => ({ name: path.replace(/^.*node_modules\//, ''), ...locked }));
const OLDEST_NODE = Number(engines.node.replace('>=', ''));

/** Whether a range such as `^18.18.0 || >=20` takes the oldest Node that we do; a later minor version of it is enough. */
function takesOldestNode(range = '*'): boolean {
  return range.split('||').some((part) => {
    const [, comparison = '', major = '*'] = /^\s*([<>=^~]*)\s*v?(\d+)/.exec(part) ?? [];
    return major === '*' || (comparison.startsWith('>') ? Number(major) <= OLDEST_NODE : Number(major) === OLDEST_NODE);
  });
}

// Each of these makes `npm ci` print a warning, which a newcomer takes for a failure.
it('no package wants a newer Node than ours', () => {
  const wanting = LOCKED.filter((locked) => !takesOldestNode(locked.engines?.node));
  expect(wanting.map(({ name }) => name)).toEqual([]);
});

it('no package is deprecated', () => {
  expect(LOCKED.filter(({ deprecated }) => deprecated).map(({ name }) => name)).toEqual([]);
});

it('every install script is allowed or denied', () => {
  const scripts = LOCKED.filter(({ hasInstallScript, name }) => hasInstallScript && name !== 'fsevents');
  expect([...new Set(scripts.map(({ name }) => name))].sort()).toEqual(Object.keys(allowScripts).sort());
});

it('the peers are those that CI installs: a lowest version and all that are compatible', () => {
  expect(Object.values(peerDependencies).filter((range) => !/^\^\d+\.\d+\.\d+$/.test(range))).toEqual([]);
});

it.each([
  ['>=20', true],
  ['^18.18.0 || >=20.9', true],
  ['>=22.0.0', false],
  ['^22 || ^24', false],
  ['^20.19.0 || ^22.12.0', true],
  ['*', true],
])('reads the range %s', (range, takes) => {
  expect(takesOldestNode(range)).toBe(takes);
});
