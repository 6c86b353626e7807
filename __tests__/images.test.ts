import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing, Yaml } from 'cdk8s';
import {
  Calls,
  type Image,
  ImageSource,
  Monitoring,
  Peer,
  Postgres,
  Scaling,
  Turn,
  TurnEntry,
  WebClient,
  Workers,
} from '../lib';
import { containersOf, type Workload, workloadsOf } from './support/manifests';
import { chartOf, manifestsOf, OPTIONS, SYSTEMS } from './support/systems';

const ROOT = join(__dirname, '..');
const LIB = join(ROOT, 'lib');
const REGISTRY = 'registry.example.org:5000/mirror';
/** The images that parts declare. */
const IMAGES: Image[] = readdirSync(LIB, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('-image.ts'))
  .flatMap((path) => Object.values<Image>(require(join(LIB, path))));

/** Images by workload and container. */
function imagesOf(workloads: Workload[]): [string, string][] {
  return workloads.flatMap(({ key, template }) =>
    containersOf(template).map(({ name, image }): [string, string] => [`${key}: ${name}`, image]),
  );
}

/** With the parts that have an image of their own and are absent by default. */
const WATCHED = {
  webClient: WebClient.element({ url: 'https://element.caritas.local' }),
  turn: Turn.coturn({ host: 'turn.example.org', entry: TurnEntry.nodePorts(), calls: 1 }),
  workers: Workers.of({ sync: Scaling.fixed(1) }),
  calls: Calls.livekit(OPTIONS.calls),
  edge: { entry: OPTIONS.edge.entry },
  monitoring: Monitoring.prometheusOperator({ collector: Peer.namespace('monitoring') }),
};

/** The images of a watched system, with either kind of database in the cluster. */
function everyImage(): string[] {
  const replicated = Testing.synth(chartOf({ ...WATCHED, postgres: Postgres.cloudNativePg() }));
  const ofOperator = replicated.flatMap(({ kind, spec }) => (kind === 'Cluster' ? [spec.imageName] : []));
  const run = imagesOf(workloadsOf(Testing.synth(chartOf(WATCHED)))).map(([, image]) => image);
  return [...new Set([...run, ...ofOperator])].sort();
}

const secretsOf = ({ template }: Workload) => template.spec.imagePullSecrets;
const mirrored = (image: string) => `${REGISTRY}/${image}`;

it('every image has a unique short name, a full reference and a user other than root', () => {
  expect(new Set(IMAGES.map(({ name }) => name)).size).toBe(IMAGES.length);
  for (const { reference, uid } of IMAGES) {
    expect(reference).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+\/[a-z0-9/_-]+:[\w.-]+(@sha256:[a-f0-9]{64})?$/);
    expect(uid).toBeGreaterThan(0);
  }
});

it('a complete system runs every image that a part declares', () => {
  expect(everyImage()).toEqual(IMAGES.map(({ reference }) => reference).sort());
});

describe.each(Object.entries(SYSTEMS))('%s', (_, props) => {
  // Media in a bucket need an image of one's own.
  const synapse = { ...props.synapse, media: undefined };
  const workloadsWith = (images: ImageSource) => workloadsOf(Testing.synth(chartOf({ ...props, synapse, images })));
  const workloads = workloadsWith(ImageSource.upstream());
  const fromMirror = workloadsWith(ImageSource.mirror(REGISTRY, { pullSecrets: ['first', 'second'] }));

  it('runs only images that a part declares, without credentials when none are set', () => {
    const known = IMAGES.map(({ reference }) => reference);
    expect(imagesOf(workloads).filter(([, image]) => !known.includes(image))).toEqual([]);
    expect(workloads.map(secretsOf)).toEqual(workloads.map(() => undefined));
  });

  it('pulls every image from the mirror that is set, under its full name', () => {
    // The name of a Job has a hash of its content.
    const [images, others] = [imagesOf(fromMirror), imagesOf(workloads)].map((all) => all.map(([, image]) => image));
    expect(images).toEqual(others.map(mirrored));
  });

  it.each(fromMirror.map((one) => [one.key, one] as const))('%s has the credentials', (_key, workload) => {
    expect(secretsOf(workload)).toEqual([{ name: 'first' }, { name: 'second' }]);
  });
});

it('uses a replacement unchanged, and pulls other images from the mirror', () => {
  const replacements = { postgres: 'example.org/pg:1', synapse: 'example.org/own:1', nginx: 'example.org/web:1' };
  const images = ImageSource.mirror(REGISTRY, { replacements });
  const run = imagesOf(workloadsOf(Testing.synth(chartOf({ ...WATCHED, images })))).map(([, image]) => image);
  const absent = [...Object.keys(replacements), 'cloud-native-pg'];
  const others = IMAGES.filter(({ name }) => !absent.includes(name)).map(({ reference }) => mirrored(reference));
  expect([...new Set(run)].sort()).toEqual([...Object.values(replacements), ...others].sort());
});

it('fails when there is a replacement for an image that no part runs', () => {
  const images = ImageSource.upstream({ replacements: { mysql: 'example.org/mysql:8' } });
  const make = () => Testing.synth(chartOf({ images }));
  expect(make).toThrow("images has a replacement for 'mysql'");
  expect(make).toThrow('leave it out, or use one of');
});

it.each<[string, () => ImageSource, string, string]>([
  ['the mirror has a scheme', () => ImageSource.mirror(`https://${REGISTRY}`), 'registry', `use '${REGISTRY}'`],
  ['the mirror has a trailing slash', () => ImageSource.mirror(`${REGISTRY}/`), 'registry', `use '${REGISTRY}'`],
  [
    'a pull secret is not a name',
    () => ImageSource.upstream({ pullSecrets: ['My Secret'] }),
    'pullSecrets[0]',
    'dockerconfigjson',
  ],
  [
    'a replacement can change by itself',
    () => ImageSource.upstream({ replacements: { nginx: 'nginx:latest' } }),
    "image 'nginx:latest' has the tag latest",
    'use a version',
  ],
])('fails when %s', (_, make, value, remedy) => {
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
});

/** Returns the output of `npm run images` for a folder with these files. */
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

  it('reads all YAML files below the folder, and prints only images that a pod runs', () => {
    const config = Yaml.stringify({ kind: 'ConfigMap', data: { image: 'no/image:1', 'a.yaml': pod('no/image:2') } });
    const files = { 'b.yaml': pod('b:1'), 'more/a.yml': pod('a:1'), 'c.yaml': config, 'd.txt': pod('no/image:3') };
    expect(printed(files)).toBe('a:1\nb:1\n');
  });

  it('prints source and destination of each copy, even when the files already use the mirror', () => {
    const line = `docker.io/a/one:1 ${REGISTRY}/docker.io/a/one:1\n`;
    expect(printed({ 'a.yaml': pod('docker.io/a/one:1') }, REGISTRY)).toBe(line);
    expect(printed({ 'a.yaml': pod(`${REGISTRY}/docker.io/a/one:1`) }, REGISTRY)).toBe(line);
  });

  it('copies by digest, and tags the copy', () => {
    expect(printed({ 'a.yaml': pod('localhost:5000/one:1@sha256:ab') }, REGISTRY)).toBe(
      `localhost:5000/one@sha256:ab ${REGISTRY}/localhost:5000/one:1\n`,
    );
    expect(printed({ 'a.yaml': pod('localhost:5000/one@sha256:ab') }, REGISTRY)).toBe(
      `localhost:5000/one@sha256:ab ${REGISTRY}/localhost:5000/one@sha256:ab\n`,
    );
  });
});
