import { type Chart, Testing } from 'cdk8s';
import { ImageSource, SecretKey, SecretKind, SecretStore, Secrets, type SystemProps, SystemSize } from '../lib';
import { CRON_JOB_NAME_LENGTH } from '../lib/kubernetes/metadata/names';
import { resources } from '../lib/kubernetes/workloads/resources';
import { SYNAPSE_IMAGE } from '../lib/python/synapse-image';
import { type Manifest, workloadsOf } from './support/manifests';
import { EXISTING_SECRETS, emptyChart, postgresIn, synapseIn, systemIn, untyped } from './support/parts';

const system = (props: Partial<SystemProps> = {}) => systemIn(emptyChart(), props);

/** A chart with a database and a homeserver. */
function parts(props: Partial<SystemProps> = {}): Chart {
  const chart = emptyChart();
  systemIn(chart, props);
  synapseIn(chart, { database: postgresIn(chart) });
  return chart;
}

const templatesOf = (chart: Chart): Manifest[] => workloadsOf(Testing.synth(chart)).map(({ template }) => template);

it('minimal', () => {
  const { serverName, publicBaseUrl, federationHost, size, storageClass, namePrefix } = system();
  expect({ serverName, publicBaseUrl, federationHost, size, storageClass, namePrefix }).toEqual({
    serverName: 'example.org',
    publicBaseUrl: 'https://matrix.example.org',
    federationHost: 'matrix.example.org:443',
    size: SystemSize.SMALL,
    storageClass: undefined,
    namePrefix: '',
  });
});

it('all props', () => {
  const props: Required<SystemProps> = {
    serverName: '10.1.2.3',
    publicBaseUrl: 'http://10.1.2.3:8008/',
    federationHost: '10.1.2.3:8448',
    allowIpServerName: true,
    size: SystemSize.LARGE,
    storageClass: 'fast',
    namePrefix: 'second-',
    images: ImageSource.mirror('registry.example.org', { pullSecrets: ['pull'] }),
    secrets: Secrets.external(SecretStore.namespaced('vault'), { remoteKey: 'matrix' }),
    pods: { nodeSelector: { disk: 'fast' } },
  };
  const all = system(props);
  expect(all).toMatchObject({
    serverName: '10.1.2.3',
    publicBaseUrl: 'http://10.1.2.3:8008',
    federationHost: '10.1.2.3:8448',
    size: SystemSize.LARGE,
    storageClass: 'fast',
    namePrefix: 'second-',
  });
  expect(all.image(SYNAPSE_IMAGE)).toBe(`registry.example.org/${SYNAPSE_IMAGE.reference}`);
  const container = { name: 'one', image: 'example.org/one:1', resources: resources(1, 1, 1) };
  expect(all._pod({ uid: 1, containers: [container] })).toMatchObject({
    nodeSelector: { disk: 'fast' },
    imagePullSecrets: [{ name: 'pull' }],
  });
});

it.each([
  ['https://matrix.example.org', 'matrix.example.org:443'],
  ['http://matrix.example.org', 'matrix.example.org:443'],
  ['https://matrix.example.org:8443', 'matrix.example.org:8443'],
  ['https://[2001:db8::1]', '[2001:db8::1]:443'],
])('other servers reach %s at %s by default', (publicBaseUrl, federationHost) => {
  expect(system({ publicBaseUrl }).federationHost).toBe(federationHost);
});

it('prefixes the name of every object', () => {
  const second = system({ namePrefix: 'second-' });
  expect(second.objectName('matrix-synapse')).toBe('second-matrix-synapse');
  expect(second.labels('matrix-synapse', 'homeserver')).toMatchObject({
    app: 'second-matrix-synapse',
    component: 'homeserver',
    namePrefix: 'second-',
  });
});

it('refuses a prefix that makes a name too long', () => {
  const long = system({ namePrefix: 'p'.repeat(26) });
  const name = 'x'.repeat(CRON_JOB_NAME_LENGTH - 26);
  expect(long.objectName(name, CRON_JOB_NAME_LENGTH)).toHaveLength(CRON_JOB_NAME_LENGTH);
  expect(() => long.labels(`${name}x`, 'test', CRON_JOB_NAME_LENGTH)).toThrow('at most 25 characters');
});

it('separates two systems in one chart', () => {
  const chart = emptyChart();
  synapseIn(chart, { database: postgresIn(chart) }, 'One');
  systemIn(chart, { namePrefix: 'second-' });
  synapseIn(chart, { database: postgresIn(chart, {}, 'SecondPostgres') }, 'Second');
  const names = Testing.synth(chart).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(names).toEqual(expect.arrayContaining(['Deployment matrix-synapse', 'Deployment second-matrix-synapse']));
  expect(new Set(names).size).toBe(names.length);
});

it('refuses two systems in one namespace without a prefix', () => {
  const chart = emptyChart();
  systemIn(chart, { secrets: Secrets.generated() });
  systemIn(chart, { secrets: Secrets.generated() });
  expect(() => Testing.synth(chart)).toThrow('namePrefix');
});

it('applies the pod options to every pod', () => {
  const pods = {
    tolerations: [{ key: 'chat', operator: 'Exists' }],
    nodeSelector: { disk: 'fast' },
    priorityClassName: 'high',
    labels: { team: 'chat', app: 'theirs' },
    annotations: { 'example.org/note': 'x' },
  };
  const chart = parts({ pods });
  const templates = templatesOf(chart);
  // These include the Job and CronJobs of the secrets.
  expect(templates.length).toBeGreaterThan(5);
  const { labels, annotations, ...common } = pods;
  for (const { metadata, spec } of templates) {
    expect(spec).toMatchObject(common);
    expect(metadata.labels.team).toBe(labels.team);
    // The system's own labels win, because selectors rely on them.
    expect(metadata.labels.app).toMatch(/^matrix-/);
    expect(metadata.annotations).toMatchObject(annotations);
  }
  for (const { metadata, spec } of Testing.synth(chart)) {
    expect(metadata.labels).not.toHaveProperty('team');
    expect(JSON.stringify(spec?.selector ?? {})).not.toContain('team');
  }
});

it('pulls every image from the mirror, with the pull secrets', () => {
  const images = ImageSource.mirror('registry.example.org/mirror', { pullSecrets: ['credentials'] });
  const templates = templatesOf(parts({ images }));
  for (const { spec } of templates) {
    expect(spec.imagePullSecrets).toEqual([{ name: 'credentials' }]);
    for (const { image } of [...(spec.initContainers ?? []), ...spec.containers]) {
      expect(image).toMatch(/^registry\.example\.org\/mirror\/[a-z]+\.io\//);
    }
  }
});

it('uses a replacement in every workload that runs the image', () => {
  const images = ImageSource.upstream({ replacements: { synapse: 'example.org/own:1' } });
  const text = JSON.stringify(templatesOf(parts({ images })));
  expect(text).toContain('example.org/own:1');
  expect(text).not.toContain(SYNAPSE_IMAGE.reference);
});

it('refuses replacements of images that no part runs, and lists the images that parts run', () => {
  const replacements = {
    restic: 'example.org/restic:1',
    synapse: 'example.org/synapse:1',
    postgress: 'example.org/p:1',
  };
  const synth = () => Testing.synth(parts({ images: ImageSource.upstream({ replacements }) }));
  expect(synth).toThrow("'restic'");
  expect(synth).toThrow("'postgress'");
  expect(synth).not.toThrow("'synapse'");
  expect(synth).toThrow('use one of postgres, synapse');
});

it('requests each secret from the source under its prefixed name', () => {
  const { secrets, ...props } = { namePrefix: 'second-', secrets: Secrets.generated() };
  expect(system({ ...props, secrets }).secret('matrix-turn-secret', 'shared_secret', SecretKind.PASSWORD)).toEqual({
    secretName: 'second-matrix-turn-secret',
    key: 'shared_secret',
  });
  expect(system(props).optionalSecret('matrix-signing-key', 'old-signing-keys.yaml')).toEqual({
    secretName: 'second-matrix-signing-key',
    key: 'old-signing-keys.yaml',
  });
});

it('returns the same secret for equal requests', () => {
  const one = system();
  const ask = () => one.secret('matrix-turn-secret', 'shared_secret', SecretKind.PASSWORD, { mayComeFirst: true });
  expect(ask()).toEqual(ask());
});

describe.each([
  ['generated', Secrets.generated()],
  ['external', Secrets.external(SecretStore.namespaced('vault'), { remoteKey: 'matrix' })],
  ['existing', Secrets.existing({ sharedSecret: SecretKey.fromSecretName('turn', 'secret') })],
])('secrets that are %s', (_, secrets) => {
  const asked = () => {
    const one = system({ secrets });
    one.secret('matrix-turn-secret', 'shared_secret', SecretKind.PASSWORD);
    return one;
  };

  it.each([
    ['of another kind', SecretKind.SIGNING_KEY, {}],
    ['with other options', SecretKind.PASSWORD, { mayComeFirst: true }],
    ['by another alias', SecretKind.PASSWORD, { alias: 'turnSecret' }],
  ])('fail when one is requested again, %s', (_, kind, options) => {
    const again = () => asked().secret('matrix-turn-secret', 'shared_secret', kind, options);
    expect(again).toThrow("key 'shared_secret' of Secret 'matrix-turn-secret'");
    expect(again).toThrow('use another key');
  });

  it('fail when one is both required and optional', () => {
    expect(() => asked().optionalSecret('matrix-turn-secret', 'shared_secret')).toThrow('another key');
  });

  it('fail when two have the same alias', () => {
    const other = () => asked().secret('matrix-call-secret', 'shared_secret', SecretKind.PASSWORD);
    expect(other).toThrow("alias 'sharedSecret'");
    expect(other).toThrow("Secret 'matrix-turn-secret'");
    expect(other).toThrow('use another alias');
    const named = () =>
      asked().secret('matrix-call-secret', 'shared_secret', SecretKind.PASSWORD, { alias: 'callSecret' });
    expect(named).not.toThrow();
  });
});

it('fails at synthesis when a secret is missing', () => {
  const chart = emptyChart();
  systemIn(chart, { secrets: Secrets.existing({ signingKey: EXISTING_SECRETS.signingKey }) });
  synapseIn(chart);
  expect(() => Testing.synth(chart)).toThrow('registrationSharedSecret');
});

it('returns an optional secret if its source has it', () => {
  const old = SecretKey.fromSecretName('identity', 'old.yaml');
  const ask = (secrets: Secrets) =>
    system({ secrets }).optionalSecret('matrix-signing-key', 'old.yaml', { alias: 'oldSigningKeys' });
  expect(ask(Secrets.existing({ oldSigningKeys: old }))).toBe(old);
  expect(ask(Secrets.existing({}))).toBeUndefined();
});

it.each<[string, object, string, string]>([
  ['the server name is an address', { serverName: '10.1.2.3' }, '"10.1.2.3"', 'use a domain that you own'],
  ['the server name has upper case', { serverName: 'Example.org' }, '"Example.org"', '"example.org"'],
  ['the server name is a URL', { serverName: 'https://example.org' }, '"https://example.org"', '"example.org"'],
  ['the base URL has no scheme', { publicBaseUrl: 'example.org' }, "publicBaseUrl 'example.org'", 'use https://'],
  ['the base URL has a path', { publicBaseUrl: 'https://a.org/b' }, "publicBaseUrl 'https://a.org/b'", 'such as https'],
  ['the federation host has no port', { federationHost: 'a.org' }, "federationHost 'a.org'", 'matrix.example.org:443'],
  ['the federation host is a URL', { federationHost: 'https://a.org' }, "'https://a.org'", 'without a scheme'],
  ['the federation host is empty', { federationHost: '' }, "federationHost ''", 'matrix.example.org:443'],
  ['the prefix is not a name', { namePrefix: 'A-' }, "namePrefix 'A-'", 'lower-case'],
  ['the prefix is too long', { namePrefix: 'p'.repeat(42) }, `namePrefix '${'p'.repeat(42)}'`, 'at most'],
])('fails when %s', (_, props, value, remedy) => {
  const make = () => system(untyped(props));
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
});
