import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const FOLDER = join(__dirname, '..', 'examples');

describe.each(readdirSync(FOLDER))('%s', (name) => {
  it('gives the same objects and settings as before', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'matrix-example-'));
    process.env.CDK8S_OUTDIR = outdir;
    jest.isolateModules(() => jest.requireActual(join(FOLDER, name)));
    const text = readFileSync(join(outdir, 'matrix.k8s.yaml'), 'utf8');
    const objects = parseAllDocuments(text).map((one) => one.toJSON());
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toMatchSnapshot('objects');
    const homeserver = objects.find(({ metadata }) => metadata.name === 'matrix-homeserver-oidc');
    expect(homeserver.data['homeserver.yaml']).toMatchSnapshot('homeserver.yaml');
  });
});
