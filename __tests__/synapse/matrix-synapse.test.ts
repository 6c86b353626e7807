import { Size, Testing } from 'cdk8s';
import { parse } from 'yaml';
import {
  Federation,
  ForeignRestore,
  HomeserverConfig,
  type MatrixSynapseProps,
  Peer,
  SecretKey,
  SystemSize,
} from '../../lib';
import { CONFIG_HASH } from '../../lib/kubernetes/metadata/config-hash';
import { besideAffinity } from '../../lib/kubernetes/workloads/affinity';
import { resources } from '../../lib/kubernetes/workloads/resources';
import { keyOf, type Manifest } from '../support/manifests';
import { emptyChart, external, postgresIn, renderedIn, synapseIn, untyped } from '../support/parts';
import { EXISTING_SECRETS } from '../support/systems';

function rendered(props: Partial<MatrixSynapseProps> = {}) {
  const chart = emptyChart();
  const synapse = synapseIn(chart, props);
  const prefix = props.namePrefix ?? '';
  const deployment = renderedIn(chart, 'Deployment', `${prefix}matrix-synapse`);
  return {
    chart,
    synapse,
    deployment,
    guard: deployment.spec.template.spec.initContainers[1] as Manifest,
    container: deployment.spec.template.spec.containers[0] as Manifest,
    settings: parse(renderedIn(chart, 'ConfigMap', `${prefix}matrix-homeserver-oidc`).data['homeserver.yaml']),
    hash: deployment.spec.template.metadata.annotations[CONFIG_HASH],
    claim: renderedIn(chart, 'PersistentVolumeClaim', `${prefix}matrix-synapse-data`).spec as Manifest,
  };
}

it('minimal', () => {
  const { chart, synapse, settings, claim } = rendered();
  expect(Testing.synth(chart).map(keyOf)).toEqual([
    'NetworkPolicy matrix-synapse',
    'Service matrix-synapse-main',
    'PersistentVolumeClaim matrix-synapse-data',
    'ConfigMap matrix-homeserver-oidc',
    'Deployment matrix-synapse',
  ]);
  const { host, clientPort, federationPort, metricsPort, serverName } = synapse;
  expect([host, clientPort, federationPort, metricsPort, serverName]).toEqual([
    'matrix-synapse-main',
    8008,
    8009,
    9000,
    'example.org',
  ]);
  expect(synapse).toMatchObject({
    publicBaseUrl: 'https://matrix.example.org',
    federates: false,
    maxUploadBytes: 52428800,
  });
  expect(settings.enable_authenticated_media).toBe(true);
  expect(settings).toMatchObject({ server_name: 'example.org', ...HomeserverConfig.platform().settings });
  expect(claim.resources.requests.storage).toBe('10Gi');
});

it('all props', () => {
  const all: Required<MatrixSynapseProps> = {
    serverName: '10.1.2.3',
    allowIpServerName: true,
    afterForeignRestore: ForeignRestore.REFUSE_TO_START,
    publicBaseUrl: 'http://10.1.2.3:7001/',
    postgres: external(),
    secrets: EXISTING_SECRETS,
    config: HomeserverConfig.platform().extend({ max_upload_size: '1G' }),
    secretConfig: SecretKey.of('mail', 'settings.yaml'),
    federation: Federation.OPEN,
    oidcProviders: [],
    caCertificates: SecretKey.of('own-authority', 'ca.crt'),
    turn: { uris: ['turn:t.example.org'], sharedSecret: SecretKey.of('turn', 'secret') },
    unauthenticatedMedia: true,
    ports: { client: 7001, federation: 7002, metrics: 7003 },
    size: SystemSize.LARGE,
    resources: resources(100, 256, 512),
    storage: Size.gibibytes(99),
    storageClass: 'fast',
    images: { synapse: 'example.org/synapse:v2' },
    imageRegistry: 'registry.example.org/mirror',
    imagePullSecrets: ['registry-credentials'],
    namePrefix: 'second-',
  };
  const { chart, synapse, settings, guard, container, claim } = rendered(all);
  expect(settings).toMatchObject({
    server_name: '10.1.2.3',
    public_baseurl: 'http://10.1.2.3:7001/',
    max_upload_size: '1G',
    turn_uris: ['turn:t.example.org'],
  });
  expect(guard.command).toContain('refuse');
  expect([container.image, container.resources.limits.memory]).toEqual(['example.org/synapse:v2', '512Mi']);
  expect(container.args).toEqual(['run', '-c', '/config/homeserver.yaml', '-c', '/secrets/secret-config.yaml']);
  expect(claim).toMatchObject({ storageClassName: 'fast', resources: { requests: { storage: '99Gi' } } });
  const ports = renderedIn(chart, 'Service', synapse.host).spec.ports.map(({ port }: Manifest) => port);
  expect(ports).toEqual([7001, 7002]);
  expect(settings.enable_authenticated_media).toBe(false);
});

it('asks for more in a larger system', () => {
  const asked = Object.values(SystemSize).map((size) => rendered({ size }).container.resources.requests.memory);
  expect(asked).toEqual(['352Mi', '3Gi', '4Gi']);
});

it('lets the declared ones in, and nobody else', () => {
  const chart = emptyChart();
  const synapse = synapseIn(chart, { ports: { client: 7001 } });
  synapse.allowFrom(Peer.pods({ app: 'proxy' }));
  expect(renderedIn(chart, 'NetworkPolicy', 'matrix-synapse').spec.ingress).toEqual([
    { from: [{ podSelector: { matchLabels: { app: 'proxy' } } }], ports: [{ port: 7001, protocol: 'TCP' }] },
  ]);
  const { ingress = [] } = renderedIn(rendered().chart, 'NetworkPolicy', 'matrix-synapse').spec;
  expect(ingress).toEqual([]);
});

it('runs on any node, with a database of the cluster too', () => {
  const chart = emptyChart();
  synapseIn(chart, { postgres: postgresIn(chart) });
  expect(renderedIn(chart, 'Deployment', 'matrix-synapse').spec.template.spec).not.toHaveProperty('affinity');
});

it('runs beside other pods when it is told to, however late', () => {
  const { chart, synapse } = rendered();
  synapse.runBeside({ app: 'other' });
  const { affinity } = renderedIn(chart, 'Deployment', 'matrix-synapse').spec.template.spec;
  expect(affinity).toEqual(besideAffinity({ app: 'other' }));
});

it('tells other Synapses of itself: one that starts waits until no session of its name is there', () => {
  const { chart, settings } = rendered();
  expect(settings.database.args.application_name).toBe('synapse');
  const wait = renderedIn(chart, 'ConfigMap', 'matrix-homeserver-oidc').data['wait-for-database.py'];
  expect(wait).toContain('(arguments["application_name"],)');
  expect(wait).toContain('FROM pg_stat_activity WHERE application_name = %s');
});

it('rolls when a setting changes, and only then', () => {
  const config = HomeserverConfig.platform().extend({ max_upload_size: '1M' });
  expect(rendered({ config }).hash).not.toBe(rendered().hash);
  expect(rendered({ storage: Size.gibibytes(1) }).hash).toBe(rendered().hash);
});

it.each<[string, object, string, string]>([
  ['the server name is an address', { serverName: '10.1.2.3' }, '"10.1.2.3"', 'write a domain that is yours'],
  ['the server name has upper case', { serverName: 'Example.org' }, '"Example.org"', 'write "example.org"'],
  ['the server name is a URL', { serverName: 'https://example.org' }, '"https://example.org"', 'write "example.org"'],
  ['the server name is no host', { serverName: 'exa_mple.org' }, '"exa_mple"', 'write letters a-z'],
  [
    'the base URL has no scheme',
    { publicBaseUrl: 'example.org' },
    "publicBaseUrl 'example.org'",
    'write it as https://',
  ],
  ['two ports clash', { ports: { metrics: 8008 } }, "'client' and 'metrics' are both 8008", 'give each its own'],
  ['the image has no tag', { images: { synapse: 'synapse' } }, "image 'synapse' has no tag", 'name a version'],
  [
    'the image is the latest',
    { images: { synapse: 'synapse:latest' } },
    "'synapse:latest' has the tag latest",
    'name a version',
  ],
  ['the storage is text', { storage: '10GB' }, '"10GB" is no Size', "parseSize('10Gi')"],
  ['the prefix is too long', { namePrefix: 'p'.repeat(42) }, `namePrefix '${'p'.repeat(42)}'`, 'at most 41 characters'],
  [
    'a setting is misspelt',
    { config: HomeserverConfig.of(untyped({ enable_metrcs: true })) },
    'enable_metrcs is true',
    'write enable_metrics',
  ],
  [
    'a nested setting is misspelt',
    { config: HomeserverConfig.platform().extend(untyped({ rc_login: { acount: {} } })) },
    'rc_login.acount',
    'write rc_login.account',
  ],
  [
    'a setting is ours',
    { config: HomeserverConfig.of({ server_name: 'x.org' }) },
    "setting 'server_name'",
    'use the prop',
  ],
  [
    'a secret is text',
    { secrets: { ...EXISTING_SECRETS, formSecret: 'hunter2' } },
    'formSecret was given',
    'SecretKey.of',
  ],
])('fails when %s', (_, props, value, remedy) => {
  const make = () => rendered(untyped(props));
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
  expect(make).not.toThrow('hunter2');
});
