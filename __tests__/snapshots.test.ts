import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { withFileNames } from './support/file-names';
import { manifestsOf, SYSTEMS } from './support/systems';

const ROOT = join(__dirname, '..');

it.each(Object.keys(SYSTEMS))('%s', (system) => {
  const documents = manifestsOf(system).map((manifest) => Yaml.stringify(withFileNames(manifest)));
  expect(`\n${documents.join('---\n')}`).toMatchSnapshot();
});

describe('dist', () => {
  const ENVIRONMENT = process.env;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dist-'));
    const kept = Object.entries(ENVIRONMENT).filter(([name]) => !name.startsWith('MATRIX_'));
    process.env = { ...Object.fromEntries(kept), CDK8S_OUTDIR: folder };
  });
  afterEach(() => {
    process.env = ENVIRONMENT;
    rmSync(folder, { recursive: true });
  });

  const contentOf = (path: string) =>
    Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), 'utf8')]));

  it('is what main.ts makes: run `npm run synth` and commit it when it is not', () => {
    jest.isolateModules(() => require('../main'));
    expect(contentOf(join(ROOT, 'dist'))).toEqual(contentOf(folder));
  });
});
