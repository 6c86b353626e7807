import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, YamlOutputType } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { MatrixChart, SecretKey } from '../../lib';
import { MatrixApp } from '../../lib/kubernetes/app';
import { DEFAULT } from '../support/systems';

const KEYCLOAK = {
  id: 'keycloak',
  name: 'Keycloak',
  issuer: 'https://id.example.org/realms/platform',
  clientSecret: SecretKey.fromSecretName('keycloak', 'secret'),
  clientId: 'matrix',
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'matrix-helm-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Synthesizes a system whose settings have Jinja templates into a folder, and returns the text. */
function written(Type: typeof App, outdir: string, yamlOutputType = YamlOutputType.FILE_PER_APP): string {
  const app = new Type({ outdir: join(folder, outdir), yamlOutputType });
  new MatrixChart(app, 'matrix', { ...DEFAULT, synapse: { oidcProviders: [KEYCLOAK] } });
  app.synth();
  return readFileSync(join(folder, outdir, 'app.k8s.yaml'), 'utf8');
}

const objects = (text: string) => parseAllDocuments(text, { version: '1.1' }).map((one) => one.toJS());

it('writes templates of a Helm chart without anything that Helm would run, and with the same objects', () => {
  const [plain, templates] = [written(MatrixApp, 'dist'), written(MatrixApp, 'chart/templates')];
  expect(plain).toContain('{{ user.preferred_username }}');
  expect(templates).not.toContain('{{');
  expect(objects(templates)).toEqual(objects(plain));
});

it('escapes every file, in folders too', () => {
  const type = YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE;
  expect(() => written(MatrixApp, 'templates', type)).toThrow('app.k8s.yaml');
  const config = readFileSync(join(folder, 'templates/matrix/ConfigMap.matrix-homeserver-oidc.k8s.yaml'), 'utf8');
  expect(config).not.toContain('{{');
  expect(objects(config)[0].data['homeserver.yaml']).toContain('{{ user.preferred_username }}');
});

it('leaves manifests that are not for Helm as they are, also without MatrixApp', () => {
  expect(written(App, 'dist')).toContain('{{ user.preferred_username }}');
});

it("fails for a Helm chart with cdk8s' own App, which does not escape", () => {
  expect(() => written(App, 'templates')).toThrow(
    "/ConfigMap caritas/matrix-homeserver-oidc has '{{', which Helm would run as a template: use MatrixApp",
  );
});
