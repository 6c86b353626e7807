import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing, Yaml } from 'cdk8s';
import { type ImageOptions, MatrixBackups, MatrixDiscovery, MatrixSecrets } from '../lib';
import { IMAGES } from '../lib/kubernetes/images/image';
import { objectsOf } from '../lib/kubernetes/metadata/objects';
import { containersOf, type Manifest, type Workload, workloadsOf } from './support/manifests';
import { ALL_SECRETS, emptyChart, postgresIn, synapseIn } from './support/parts';
import { chartOf, manifestsOf, SYSTEMS } from './support/systems';

const ROOT = join(__dirname, '..');
const REGISTRY = 'registry.example.org:5000/mirror';
const MIRROR: Required<ImageOptions> = { images: {}, imageRegistry: REGISTRY, imagePullSecrets: ['first', 'second'] };
const NO_MIRROR: ImageOptions = { images: {}, imageRegistry: undefined, imagePullSecrets: undefined };

/** Images by workload and container. */
function imagesOf(workloads: Workload[]): [string, string][] {
  return workloads.flatMap(({ key, template }) =>
    containersOf(template).map(({ name, image }): [string, string] => [`${key}: ${name}`, image]),
  );
}

const secretsOf = ({ template }: Workload) => template.spec.imagePullSecrets;
const mirrored = (image: string) => `${REGISTRY}/${image}`;

describe.each(Object.entries(SYSTEMS))('%s', (_, props) => {
  const workloads = workloadsOf(Testing.synth(chartOf({ ...props, ...NO_MIRROR })));
  const ofMirror = workloadsOf(Testing.synth(chartOf({ ...props, ...MIRROR })));

  it('runs nothing that is not in images.lock, with no credentials but the ones that are named', () => {
    const known: string[] = Object.values(IMAGES);
    expect(imagesOf(workloads).filter(([, image]) => !known.includes(image))).toEqual([]);
    expect(workloads.map(secretsOf)).toEqual(workloads.map(() => undefined));
  });

  it('pulls every image from the registry that is given, under its full name', () => {
    // A Job has its content in its name.
    const [images, others] = [imagesOf(ofMirror), imagesOf(workloads)].map((all) => all.map(([, image]) => image));
    expect(images).toEqual(others.map(mirrored));
  });

  it.each(ofMirror.map((one) => [one.key, one] as const))('%s has the credentials', (_key, workload) => {
    expect(secretsOf(workload)).toEqual([{ name: 'first' }, { name: 'second' }]);
  });
});

/** Every part as it is made without MatrixChart. */
function parts(options: ImageOptions): Manifest[] {
  const chart = emptyChart();
  MatrixSecrets.generated().bind(chart, 'Secrets', options);
  const postgres = postgresIn(chart, options);
  const synapse = synapseIn(chart, { ...options, postgres });
  const sites = [{ serverName: 'example.org', publicBaseUrl: 'https://matrix.example.org' }];
  new MatrixDiscovery(chart, 'Discovery', { ...options, sites });
  new MatrixBackups(chart, 'Backups', { ...options, postgres, synapse, secrets: ALL_SECRETS, withoutLoss: true });
  return Testing.synth(chart);
}

it('an image that is given by a prop stays as it is, and the others come from the registry', () => {
  const own = { postgres: 'example.org/pg:1', synapse: 'example.org/own:1', nginx: 'example.org/web:1' };
  const images = imagesOf(workloadsOf(parts({ ...MIRROR, images: own }))).map(([, image]) => image);
  expect([...new Set(images)].sort()).toEqual([...Object.values(own), mirrored(IMAGES.restic)].sort());
});

it('each part can be used with the mirror alone', () => {
  const workloads = workloadsOf(parts(MIRROR));
  expect(imagesOf(workloads).filter(([, image]) => !image.startsWith(`${REGISTRY}/`))).toEqual([]);
  expect(workloads.filter((one) => secretsOf(one)?.length !== 2).map(({ key }) => key)).toEqual([]);
});

it('backups run images of the database and Synapse, and have the credentials of both', () => {
  const chart = emptyChart();
  const postgres = postgresIn(chart, { imagePullSecrets: ['of-postgres', 'of-both'] });
  const synapse = synapseIn(chart, { postgres, imagePullSecrets: ['of-synapse', 'of-both'] });
  const backups = new MatrixBackups(chart, 'Backups', {
    postgres,
    synapse,
    secrets: ALL_SECRETS,
    imagePullSecrets: ['of-restic'],
  });
  const secrets = workloadsOf(objectsOf(backups).map((object) => object.toJson())).map(secretsOf);
  expect(secrets.length).toBeGreaterThan(5);
  for (const one of secrets) {
    expect(one.map(({ name }: Manifest) => name)).toEqual(['of-postgres', 'of-both', 'of-synapse', 'of-restic']);
  }
});

it.each<[string, ImageOptions, string, string]>([
  ['the registry has a scheme', { imageRegistry: `https://${REGISTRY}` }, 'imageRegistry', `write '${REGISTRY}'`],
  ['the registry ends with a slash', { imageRegistry: `${REGISTRY}/` }, 'imageRegistry', `write '${REGISTRY}'`],
  ['a Secret is no name', { imagePullSecrets: ['My Secret'] }, 'imagePullSecrets[0]', 'dockerconfigjson'],
])('fails when %s', (_, options, value, remedy) => {
  expect(() => chartOf(options)).toThrow(value);
  expect(() => chartOf(options)).toThrow(remedy);
});

/** What `npm run images` prints, of a folder with these files. */
function printed(files: { [name: string]: string }, ...args: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'matrix-images-'));
  mkdirSync(join(folder, 'more'));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
  }
  return execFileSync('node', [join(ROOT, 'tools', 'images.mjs'), folder, ...args], { encoding: 'utf8' });
}

const pod = (image: string) => Yaml.stringify({ kind: 'Pod', spec: { containers: [{ name: 'one', image }] } });

describe('npm run images', () => {
  it.each(Object.keys(SYSTEMS))('prints every image of a system once, in order: %s', (system) => {
    const manifests = manifestsOf(system);
    const images = imagesOf(workloadsOf(manifests)).map(([, image]) => image);
    expect(printed({ 'all.yaml': Yaml.stringify(...manifests) })).toBe(
      [...new Set(images)]
        .sort()
        .map((image) => `${image}\n`)
        .join(''),
    );
  });

  it('reads all files of YAML below the folder, and takes nothing for an image that no pod runs', () => {
    const config = Yaml.stringify({ kind: 'ConfigMap', data: { image: 'no/image:1', 'a.yaml': pod('no/image:2') } });
    const files = { 'b.yaml': pod('b:1'), 'more/a.yml': pod('a:1'), 'c.yaml': config, 'd.txt': pod('no/image:3') };
    expect(printed(files)).toBe('a:1\nb:1\n');
  });

  it('prints from where to where each is copied, whether the program has the registry already or not', () => {
    const line = `docker.io/a/one:1 ${REGISTRY}/docker.io/a/one:1\n`;
    expect(printed({ 'a.yaml': pod('docker.io/a/one:1') }, REGISTRY)).toBe(line);
    expect(printed({ 'a.yaml': pod(`${REGISTRY}/docker.io/a/one:1`) }, REGISTRY)).toBe(line);
  });

  it('copies the content of the digest, and gives it the tag', () => {
    expect(printed({ 'a.yaml': pod('localhost:5000/one:1@sha256:ab') }, REGISTRY)).toBe(
      `localhost:5000/one@sha256:ab ${REGISTRY}/localhost:5000/one:1\n`,
    );
    expect(printed({ 'a.yaml': pod('localhost:5000/one@sha256:ab') }, REGISTRY)).toBe(
      `localhost:5000/one@sha256:ab ${REGISTRY}/localhost:5000/one@sha256:ab\n`,
    );
  });
});
