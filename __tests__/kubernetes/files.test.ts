import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileBeside } from '../../lib/kubernetes/files';

it('reads the file beside its construct as UTF-8, “ü” included', () => {
  expect(fileBeside(__dirname, basename(__filename))).toBe(readFileSync(__filename, 'utf8'));
});

it('fails with the name of a missing file', () => {
  expect(() => fileBeside(__dirname, 'missing.sh')).toThrow(/missing\.sh/);
});
