import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderedObjects } from '../../../../cli/doctor/facts/rendered';

const folder = mkdtempSync(join(tmpdir(), 'doctor-rendered-'));
afterAll(() => rmSync(folder, { recursive: true }));

const object = (name: string, namespace: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: ${namespace} }\n`;

beforeAll(() => {
  mkdirSync(join(folder, 'dist', 'more'), { recursive: true });
  writeFileSync(join(folder, 'dist', 'a.yaml'), `${object('a', 'caritas')}---\n${object('b', 'other')}---\n`);
  writeFileSync(join(folder, 'dist', 'more', 'c.yml'), object('c', 'caritas'));
  writeFileSync(join(folder, 'dist', 'README.md'), 'no YAML: [');
  writeFileSync(join(folder, 'broken.yaml'), 'a: [');
});

it('reads the objects of a namespace from a folder, or from a file', () => {
  const names = (path: string) => renderedObjects(join(folder, path), 'caritas').map(({ metadata }) => metadata.name);
  expect(names('dist')).toEqual(['a', 'c']);
  expect(names('dist/a.yaml')).toEqual(['a']);
});

it.each([
  ['dist', 'training', /dist has no object of the namespace training, but of: caritas, other/],
  ['dust', 'caritas', /dust cannot be read/],
  ['broken.yaml', 'caritas', /broken.yaml is not valid YAML/],
])('says what is wrong with %s', (path, namespace, message) => {
  expect(() => renderedObjects(join(folder, path), namespace)).toThrow(message);
});
