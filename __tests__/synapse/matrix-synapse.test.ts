import { Size, Testing } from 'cdk8s';
import { parse } from 'yaml';
import {
  Federation,
  HomeserverConfig,
  ImageSource,
  type MatrixSynapseProps,
  MediaStorage,
  OutOfBandRestore,
  Peer,
  Scaling,
  SecretKey,
  Secrets,
  type SystemProps,
  SystemSize,
  Workers,
} from '../../lib';
import { CONFIG_HASH } from '../../lib/kubernetes/metadata/config-hash';
import { besideAffinity } from '../../lib/kubernetes/workloads/affinity';
import { resources } from '../../lib/kubernetes/workloads/resources';
import { keyOf, type Manifest } from '../support/manifests';
import {
  EXISTING_SECRETS,
  emptyChart,
  external,
  postgresIn,
  renderedIn,
  synapseIn,
  systemIn,
  untyped,
} from '../support/parts';

const SECRETS = Secrets.existing(EXISTING_SECRETS);

function rendered(props: Partial<MatrixSynapseProps> = {}, facts: Partial<SystemProps> = {}) {
  const chart = emptyChart();
  const system = systemIn(chart, { secrets: SECRETS, ...facts });
  const synapse = synapseIn(chart, props);
  const deployment = renderedIn(chart, 'Deployment', system.objectName('matrix-synapse'));
  const config = renderedIn(chart, 'ConfigMap', system.objectName('matrix-homeserver-oidc')).data;
  return {
    chart,
    synapse,
    deployment,
    config,
    container: deployment.spec.template.spec.containers[0] as Manifest,
    settings: parse(config['homeserver.yaml']),
    hash: deployment.spec.template.metadata.annotations[CONFIG_HASH],
    claim: renderedIn(chart, 'PersistentVolumeClaim', system.objectName('matrix-synapse-data')).spec as Manifest,
  };
}

it('minimal', () => {
  const { chart, synapse, settings, claim, container } = rendered();
  expect(Testing.synth(chart).map(keyOf)).toEqual([
    'NetworkPolicy matrix-default-deny',
    'NetworkPolicy matrix-synapse',
    'Service matrix-synapse-main',
    'PersistentVolumeClaim matrix-synapse-data',
    'ConfigMap matrix-homeserver-oidc',
    'Deployment matrix-synapse',
  ]);
  const { host, clientPort, federationPort, metricsPort } = synapse;
  expect([host, clientPort, federationPort, metricsPort]).toEqual(['matrix-synapse-main', 8008, 8009, 9000]);
  expect(synapse).toMatchObject({ federates: false, maxUploadBytes: 52428800 });
  expect(settings.enable_authenticated_media).toBe(true);
  expect(settings).toMatchObject({
    server_name: 'example.org',
    public_baseurl: 'https://matrix.example.org/',
    ...HomeserverConfig.recommended().settings,
  });
  expect(container.args).toContain('empty');
  expect(claim.resources.requests.storage).toBe('10Gi');
});

it('all props', () => {
  const all: Required<Omit<MatrixSynapseProps, 'system'>> = {
    database: external(),
    afterOutOfBandRestore: OutOfBandRestore.REFUSE_TO_START,
    config: HomeserverConfig.recommended().extend({ max_upload_size: '1G' }),
    secretConfig: SecretKey.fromSecretName('mail', 'settings.yaml'),
    federation: Federation.OPEN,
    oidcProviders: [],
    caCertificates: SecretKey.fromSecretName('own-authority', 'ca.crt'),
    callServiceUrl: 'https://calls.example.org/livekit/jwt',
    turn: { uris: ['turn:t.example.org'], sharedSecret: SecretKey.fromSecretName('turn', 'secret') },
    unauthenticatedMedia: true,
    deployedVersion: '1.163.2',
    ports: { client: 7001, federation: 7002, metrics: 7003 },
    resources: resources(100, 256, 512),
    media: MediaStorage.claim(),
    mediaStorage: Size.gibibytes(99),
    workers: Workers.of({ sync: Scaling.fixed(2) }),
    membershipLookup: true,
  };
  const { chart, synapse, settings, container, claim } = rendered(all, {
    serverName: '10.1.2.3',
    allowIpServerName: true,
    publicBaseUrl: 'http://10.1.2.3:7001/',
    federationHost: '10.1.2.3:8448',
    size: SystemSize.LARGE,
    storageClass: 'fast',
    images: ImageSource.upstream({ replacements: { synapse: 'example.org/synapse:v2.0.0' } }),
    namePrefix: 'second-',
    secrets: Secrets.existing({
      ...EXISTING_SECRETS,
      workerReplicationSecret: SecretKey.fromSecretName('vault-workers', 'replication'),
      valkeyPassword: SecretKey.fromSecretName('vault-workers', 'valkey'),
      membershipLookupToken: SecretKey.fromSecretName('vault-calls', 'as'),
      membershipLookupHomeserverToken: SecretKey.fromSecretName('vault-calls', 'hs'),
    }),
  });
  expect(settings).toMatchObject({
    server_name: '10.1.2.3',
    public_baseurl: 'http://10.1.2.3:7001/',
    max_upload_size: '1G',
    turn_uris: ['turn:t.example.org'],
    enable_authenticated_media: false,
  });
  expect(container.args).toContain('refuse');
  // Resources win over the size.
  expect([container.image, container.resources.limits.memory]).toEqual(['example.org/synapse:v2.0.0', '512Mi']);
  const files = ['/config/homeserver.yaml', '/secrets/secret-config.yaml', '/registrations/settings.yaml'];
  expect(container.args.slice(8)).toEqual(files.flatMap((file) => ['-c', file]));
  expect(settings.experimental_features).toMatchObject({ msc4502_enabled: true });
  expect(claim).toMatchObject({ storageClassName: 'fast', resources: { requests: { storage: '99Gi' } } });
  const ports = renderedIn(chart, 'Service', synapse.host).spec.ports.map(({ port }: Manifest) => port);
  expect(ports).toEqual([7001, 7002, 9093]);
  expect(synapse).toMatchObject({ host: 'second-matrix-synapse-main', federates: true, maxUploadBytes: 2 ** 30 });
});

it('exposes the facts that other parts need', () => {
  const { synapse, deployment } = rendered();
  expect(synapse).toMatchObject({
    workloadName: 'matrix-synapse',
    podLabels: { app: 'matrix-synapse' },
    dataClaimName: 'matrix-synapse-data',
    configMapName: 'matrix-homeserver-oidc',
    databaseKey: 'db.example.org:5432/synapse',
    signingKey: EXISTING_SECRETS.signingKey,
    oldSigningKeys: undefined,
    uid: 991,
  });
  expect(synapse.storage.toGibibytes()).toBe(10);
  expect(synapse.image).toBe(deployment.spec.template.spec.containers[0].image);
});

it.each([
  [undefined, undefined],
  [HomeserverConfig.recommended().extend({ password_config: { enabled: false } }), 'password_config.enabled: false'],
])('tells what keeps accounts from being registered: %#', (config, blockedBy) => {
  expect(rendered({ config }).synapse.accountsBlockedBy).toBe(blockedBy);
});

it('has a Service for the client API and federation, without the metrics', () => {
  const { chart } = rendered({ ports: { client: 7001, federation: 7002, metrics: 7003 } });
  const { spec } = renderedIn(chart, 'Service', 'matrix-synapse-main');
  expect(spec.selector).toEqual({ app: 'matrix-synapse' });
  expect(spec.ports).toEqual([
    { name: 'client-api', port: 7001, targetPort: 'client-api' },
    { name: 'federation', port: 7002, targetPort: 'federation' },
  ]);
});

it('requests more in a larger system', () => {
  const asked = Object.values(SystemSize).map((size) => rendered({}, { size }).container.resources.requests.memory);
  expect(asked).toEqual(['352Mi', '3Gi', '4Gi']);
});

it('allows only the declared clients', () => {
  const ingressOf = (use: (synapse: ReturnType<typeof synapseIn>) => void) => {
    const chart = emptyChart();
    use(synapseIn(chart, { ports: { client: 7001, federation: 7002, metrics: 7003 } }));
    return renderedIn(chart, 'NetworkPolicy', 'matrix-synapse').spec.ingress;
  };
  const proxy = Peer.pods({ app: 'proxy' });
  const from = [{ podSelector: { matchLabels: { app: 'proxy' } } }];
  const at = (port: number) => [{ from, ports: [{ port, protocol: 'TCP' }] }];
  expect(ingressOf(() => undefined)).toBeUndefined();
  expect(ingressOf((synapse) => synapse.allowFrom(proxy))).toEqual(at(7001));
  expect(ingressOf((synapse) => synapse.allowFederationFrom(proxy))).toEqual(at(7002));
  expect(ingressOf((synapse) => synapse.allowMetricsFrom(proxy))).toEqual(at(7003));
});

it('runs on any node, with a database in the cluster too', () => {
  const chart = emptyChart();
  synapseIn(chart, { database: postgresIn(chart) });
  expect(renderedIn(chart, 'Deployment', 'matrix-synapse').spec.template.spec).not.toHaveProperty('affinity');
});

it('runs beside other pods when this is requested after its construction', () => {
  const { chart, synapse } = rendered();
  synapse._runBeside({ app: 'other' });
  const { affinity } = renderedIn(chart, 'Deployment', 'matrix-synapse').spec.template.spec;
  expect(affinity).toEqual(besideAffinity({ app: 'other' }));
});

it('connects with an application name that makes another starting Synapse wait', () => {
  const { config, settings } = rendered();
  expect(settings.database.args.application_name).toBe('synapse');
  expect(config['wait_for_database.py']).toContain('application_name');
  expect(config['wait_for_database.py']).toContain('pg_stat_activity');
});

it('restarts only when a setting changes', () => {
  const config = HomeserverConfig.recommended().extend({ max_upload_size: '1M' });
  expect(rendered({ config }).hash).not.toBe(rendered().hash);
  expect(rendered({ mediaStorage: Size.gibibytes(1) }).hash).toBe(rendered().hash);
});

it.each<[string, object, string, string]>([
  ['two ports are the same', { ports: { metrics: 8008 } }, "'client' and 'metrics' are both 8008", 'give each its own'],
  [
    'a port among the settings is text, of which a network policy would follow',
    { config: HomeserverConfig.of(untyped({ email: { smtp_host: 'mail.example.org', smtp_port: '587' } })) },
    'email.smtp_port is "587"',
    'a whole number',
  ],
  [
    'a host among the settings is a number',
    { config: HomeserverConfig.of(untyped({ email: { smtp_host: 5 } })) },
    'email.smtp_host is 5',
    'text',
  ],
  [
    'a setting is misspelt',
    { config: HomeserverConfig.of(untyped({ enable_metrcs: true })) },
    'enable_metrcs is true',
    'enable_metrics',
  ],
  [
    'a nested setting is misspelt',
    { config: HomeserverConfig.recommended().extend(untyped({ rc_login: { acount: {} } })) },
    'rc_login.acount',
    'rc_login.account',
  ],
  [
    'a setting follows from a prop',
    { config: HomeserverConfig.of({ server_name: 'x.org' }) },
    "setting 'server_name'",
    'use the props',
  ],
])('fails when %s', (_, props, value, remedy) => {
  const make = () => rendered(untyped(props));
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
});

it('fails when the prefix is too long for its names', () => {
  const namePrefix = 'p'.repeat(42);
  expect(() => rendered({}, { namePrefix })).toThrow(`namePrefix '${namePrefix}'`);
  expect(() => rendered({}, { namePrefix })).toThrow('at most 41 characters');
});
