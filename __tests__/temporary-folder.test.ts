import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Testing } from 'cdk8s';
import { makeTemporaryFolder, removeTemporaryFolder } from './support/temporary-folder';

it('every temporary folder of a run is in one, which is removed at its end', () => {
  expect(basename(tmpdir())).toMatch(/^oriso-matrix-test-/);
  expect(dirname(Testing.app().outdir)).toBe(tmpdir());
  const folder = makeTemporaryFolder();
  mkdirSync(join(folder, 'left'));
  removeTemporaryFolder(folder);
  expect(existsSync(folder)).toBe(false);
});

it('another temporary folder stays', () => {
  removeTemporaryFolder(__dirname);
  expect(existsSync(__filename)).toBe(true);
});
