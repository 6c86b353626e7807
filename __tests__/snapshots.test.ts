import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import type { Manifest } from './support/manifests';
import { manifestsOf, SYSTEMS } from './support/systems';

const ROOT = join(__dirname, '..');

/** Each file of lib by its text: where one is in a ConfigMap as it is, the snapshot only names it. */
const FILES = new Map(
  readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(sh|py|conf|yaml)$/.test(path))
    .map((path) => [readFileSync(join(ROOT, 'lib', path), 'utf8'), `lib/${path}`]),
);

function withFileNames(manifest: Manifest): Manifest {
  const data = Object.entries<string>(manifest.data ?? {}).map(([key, text]) => [key, FILES.get(text) ?? text]);
  return manifest.data ? { ...manifest, data: Object.fromEntries(data) } : manifest;
}

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
