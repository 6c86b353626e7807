import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileBeside } from '../../lib/kubernetes/files';

it('reads the file beside its construct as UTF-8, “ü” included', () => {
  expect(fileBeside(__dirname, basename(__filename))).toBe(readFileSync(__filename, 'utf8'));
});

it('names a file that is missing', () => {
  expect(() => fileBeside(__dirname, 'missing.sh')).toThrow(/missing\.sh/);
});
