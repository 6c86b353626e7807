import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileBeside, KUBE_PY } from '../../lib/kubernetes/files';

it('reads the file beside its construct, “ü” included', () => {
  expect(fileBeside(__dirname, basename(__filename))).toBe(readFileSync(__filename, 'utf8'));
});

it('fails when there is no such file, and names it', () => {
  expect(() => fileBeside(__dirname, 'missing.sh')).toThrow(/missing\.sh/);
});

it('has the module that scripts reach Kubernetes by', () => {
  expect(KUBE_PY).toContain('def ');
});
