import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import {
  Accounts,
  type AccountsOptions,
  type BackupOptions,
  BackupRepository,
  Backups,
  CallClient,
  Calls,
  type CallsOptions,
  ClusterBackup,
  Dashboards,
  DatabaseTls,
  Discovery,
  type DiscoveryOptions,
  type EdgeOptions,
  EdgeTls,
  Entry,
  Federation,
  HomeserverConfig,
  ImageSource,
  IssuerKind,
  LivekitEntry,
  type MatrixChartProps,
  MediaStorage,
  Monitoring,
  type OidcProvider,
  OutOfBandRestore,
  Peer,
  Postgres,
  type PostgresOptions,
  Probes,
  type PrometheusOperatorOptions,
  Rules,
  S3StorageClass,
  Scaling,
  Schedule,
  SecretKey,
  SecretStore,
  Secrets,
  SupportRole,
  type SynapseOptions,
  SyntheticUser,
  type SyntheticUserOptions,
  type SystemProps,
  SystemSize,
  Turn,
  TurnEntry,
  Upkeep,
  type UpkeepOptions,
  WebClient,
  Weekday,
  Workers,
} from '../../lib';
import { ALL_SECRETS } from '../support/systems';
import type { Row } from './rows';

/** The values of an option that make a difference, each under a short name. Undefined leaves the option out. */
type Values<Value> = { readonly [name: string]: Value };

/** The kinds of a part, each made of the part's options. */
type Kinds<Options, Part> = Values<(options: Options) => Part>;

/** Every option of a part, under the part's name. */
type OptionsOf<Part extends string, Options> = {
  readonly [Option in keyof Required<Options> as `${Part}.${Option & string}`]: Values<Options[Option]>;
};

/** Every fact. The source of secrets follows from the secrets that the parts request. */
type Facts = {
  readonly [Fact in keyof Required<Omit<SystemProps, 'secrets'>>]: Values<SystemProps[Fact]>;
} & { readonly secrets: Values<(row: Row) => Secrets> };

/** Everything that can be set. A new option does not compile until it is here. */
export type Options = Facts & {
  readonly [Part in keyof typeof PARTS]: Kinds<never, MatrixChartProps[Part]>;
} & OptionsOf<'postgres', PostgresOptions> &
  OptionsOf<'synapse', SynapseOptions> &
  OptionsOf<'calls', CallsOptions> &
  OptionsOf<'edge', EdgeOptions> &
  OptionsOf<'discovery', DiscoveryOptions> &
  OptionsOf<'accounts', AccountsOptions> &
  OptionsOf<'backups', BackupOptions> &
  OptionsOf<'monitoring', PrometheusOperatorOptions> &
  OptionsOf<'syntheticUser', SyntheticUserOptions> &
  OptionsOf<'upkeep', UpkeepOptions>;

const key = (secret: string, name = 'value') => SecretKey.fromSecretName(secret, name);
const resources = (millis: number) => ({
  cpu: Cpu.millis(millis),
  memory: Size.mebibytes(millis),
  memoryLimit: Size.mebibytes(4 * millis),
});
const traefik = Peer.pods({ 'app.kubernetes.io/name': 'traefik' }, 'kube-system');
const keycloak: OidcProvider = {
  id: 'keycloak',
  name: 'Keycloak',
  issuer: 'https://keycloak.example.org/realms/platform',
  clientId: 'matrix',
  clientSecret: key('keycloak'),
};
const inner: OidcProvider = {
  ...keycloak,
  id: 'inner',
  issuer: 'http://keycloak.identity:8080/realms/inner',
  allowPlainHttp: true,
  peer: Peer.pods({ app: 'keycloak' }, 'identity'),
};
const user = (secret: string) => ({ accessKeyId: key(secret, 'id'), secretAccessKey: key(secret, 'key') });
const restUser = (secret: string) => ({ username: key(secret, 'user'), password: key(secret, 'password') });
const managed = (tls: DatabaseTls) => () =>
  Postgres.external({
    host: 'db.example.org',
    credentials: key('managed-database'),
    tls,
    peer: Peer.addresses('10.1.2.3/32'),
  });

/** References to the secrets that the parts of a row request. */
function existing(
  { postgres, accounts, backups, syntheticUser, workers, turn, calls, size }: Row,
  withOldKeys: boolean,
): Secrets {
  const several = workers === 'some' || (workers === 'for size' && size !== 'small');
  const { databasePassword, backupPassword, repositoryPassword, adminPassword, ...always } = ALL_SECRETS;
  return Secrets.existing({
    ...always,
    ...(postgres === 'in cluster' ? { databasePassword, backupPassword } : {}),
    ...(backups === 'none' ? {} : { repositoryPassword }),
    ...(accounts === 'none' ? {} : { adminPassword }),
    ...(several ? { workerReplicationSecret: key('workers'), valkeyPassword: key('valkey') } : {}),
    ...(turn === 'nodePorts' || turn === 'loadBalancer' ? { turnSharedSecret: key('turn') } : {}),
    ...(syntheticUser === 'none' ? {} : { syntheticUserPassword: key('synthetic-user') }),
    ...(calls === 'none'
      ? {}
      : {
          livekitApiSecret: key('livekit'),
          membershipLookupToken: key('lookup'),
          membershipLookupHomeserverToken: key('lookup', 'hs'),
        }),
    ...(withOldKeys ? { oldSigningKeys: key('vault-identity', 'old_signing_keys.yaml') } : {}),
  });
}

/** The kinds of each part. */
const PARTS = {
  postgres: {
    'in cluster': (options: PostgresOptions) => Postgres.inCluster(options),
    replicated: () =>
      Postgres.cloudNativePg({
        instances: 2,
        walStorage: Size.gibibytes(5),
        backup: ClusterBackup.plugin({ objectStore: 'database-backups' }),
      }),
    verified: managed(DatabaseTls.VERIFIED),
    'private CA': managed(DatabaseTls.verifiedBy(key('managed-database', 'ca.crt'))),
    plain: managed(DatabaseTls.DISABLED),
  },
  synapse: { one: (options: SynapseOptions) => options },
  workers: {
    none: () => Workers.none(),
    'for size': () => Workers.forSize(),
    some: () =>
      Workers.of({
        sync: Scaling.between(2, 4),
        eventPersisters: 2,
        media: 1,
        background: true,
        streams: { typing: 1 },
      }),
  },
  webClient: {
    none: () => WebClient.none(),
    // Only with an entry of the edge, which not every row has.
  },
  turn: {
    none: () => Turn.none(),
    external: () => Turn.external({ uris: ['turns:turn.example.org:5349'], sharedSecret: key('turn') }),
    nodePorts: () =>
      Turn.coturn({ host: 'turn.example.org', entry: TurnEntry.nodePorts(), tlsSecretName: 'turn-tls', calls: 2 }),
    loadBalancer: () => {
      const entry = TurnEntry.loadBalancer({ publicAddress: '203.0.113.7' });
      return Turn.coturn({ host: 'turn.example.org', entry, calls: 2 });
    },
  },
  calls: {
    none: () => Calls.none(),
    livekit: (options: CallsOptions) => Calls.livekit(options),
  },
  edge: { one: (options: EdgeOptions) => options },
  discovery: {
    served: (options: DiscoveryOptions) => Discovery.served(options),
    none: () => Discovery.none(),
  },
  accounts: {
    managed: (options: AccountsOptions) => Accounts.managed(options),
    none: () => Accounts.none(),
  },
  backups: {
    claim: (options: BackupOptions) => Backups.to(BackupRepository.claim(), options),
    's3, append-only': (options: BackupOptions) =>
      Backups.to(
        BackupRepository.s3({
          endpoint: 'https://minio.storage:9000',
          bucket: 'backups',
          prefix: 'matrix/production',
          credentials: user('backup-writer'),
          pruneCredentials: user('backup-pruner'),
          appendOnly: true,
          caCertificate: key('minio', 'ca.crt'),
          peer: Peer.pods({ app: 'minio' }, 'storage'),
        }),
        options,
      ),
    's3, plain': (options: BackupOptions) =>
      Backups.to(
        BackupRepository.s3({
          endpoint: 'http://minio.storage:9000',
          bucket: 'backups',
          region: 'eu-central-1',
          credentials: user('backup'),
          allowPlainHttp: true,
        }),
        options,
      ),
    'REST server': (options: BackupOptions) =>
      Backups.to(
        BackupRepository.restServer({
          url: 'https://backup.example.org:8000/matrix',
          credentials: restUser('backup'),
          pruneCredentials: restUser('prune'),
          pruneUrl: 'https://backup.example.org:8001/matrix',
          appendOnly: true,
        }),
        options,
      ),
    none: () => Backups.none(),
  },
  monitoring: {
    none: () => Monitoring.none(),
    operator: (options: PrometheusOperatorOptions) => Monitoring.prometheusOperator(options),
    annotations: ({ collector, rules, dashboards }: PrometheusOperatorOptions) =>
      Monitoring.annotations({ collector, rules, dashboards }),
  },
  syntheticUser: {
    none: () => SyntheticUser.none(),
    'in cluster': (options: SyntheticUserOptions) => SyntheticUser.inCluster(options),
  },
  upkeep: {
    none: () => Upkeep.none(),
    nightly: (options: UpkeepOptions) => Upkeep.nightly(options),
  },
};

/** The values that the systems of the combinations combine. Options of a part that is absent, or of another kind, are not used. */
export const OPTIONS: Options = {
  ...PARTS,
  serverName: { domain: 'caritas.local', port: 'caritas.local:8448', address: '192.0.2.7' },
  publicBaseUrl: {
    https: 'https://matrix.caritas.local',
    port: 'https://matrix.caritas.local:8443',
    http: 'http://matrix.caritas.local',
  },
  federationHost: { default: undefined, own: 'federation.example.org:8448' },
  allowIpServerName: { default: undefined, true: true },
  size: { small: SystemSize.SMALL, medium: SystemSize.MEDIUM, large: SystemSize.LARGE },
  storageClass: { default: undefined, block: 'block-storage' },
  namePrefix: { default: undefined, training: 'training-' },
  images: {
    default: undefined,
    own: ImageSource.upstream({ replacements: { synapse: 'registry.example.org/synapse:v1.163.2' } }),
    mirror: ImageSource.mirror('registry.example.org/mirror', { pullSecrets: ['registry-credentials'] }),
  },
  secrets: {
    generated: () => Secrets.generated(),
    'generated, own resources': () => Secrets.generated({ resources: resources(500) }),
    store: () => Secrets.external(SecretStore.namespaced('vault'), { remoteKey: 'matrix' }),
    'cluster store': () =>
      Secrets.external(SecretStore.cluster('vault'), { remoteKey: 'matrix', refreshInterval: Duration.minutes(5) }),
    existing: (row) => existing(row, false),
    'existing, rotated': (row) => existing(row, true),
  },
  pods: {
    default: undefined,
    all: {
      tolerations: [{ key: 'example.org/matrix', operator: 'Exists', effect: 'NoSchedule' }],
      nodeSelector: { 'example.org/pool': 'matrix' },
      priorityClassName: 'system-cluster-critical',
      limits: { cpuLimitRatio: 10, maxMemoryRatio: 4, maxStorageRatio: 8, minCpu: Cpu.millis(20) },
      labels: { 'example.org/team': 'matrix' },
      annotations: { 'example.org/note': 'yes' },
    },
  },

  'postgres.database': { default: undefined, matrix: 'matrix' },
  'postgres.user': { default: undefined, matrix: 'matrix_user' },
  // The largest size for which the default backup claim is large enough.
  'postgres.storage': { default: undefined, other: Size.gibibytes(16) },
  'postgres.parameters': { none: undefined, one: { autovacuum_vacuum_cost_limit: '1000' } },
  'postgres.resources': { default: undefined, own: resources(500) },
  'postgres.synchronousReplication': { default: undefined, true: true },
  'postgres.receiverResources': { default: undefined, own: resources(500) },

  'synapse.config': { default: undefined, more: HomeserverConfig.oriso().extend({ max_upload_size: '100M' }) },
  'synapse.secretConfig': { none: undefined, mail: key('mail', 'settings.yaml') },
  'synapse.federation': {
    closed: undefined,
    open: Federation.OPEN,
    list: Federation.allowList('example.org', 'matrix.org'),
    private: Federation.OPEN.withPrivateNetwork({ addresses: '10.96.1.2/32', peer: traefik, port: 8443 }),
  },
  'synapse.oidcProviders': {
    none: undefined,
    one: [keycloak],
    two: [{ ...keycloak, allowedGroups: ['counsellors'] }, inner],
  },
  'synapse.caCertificates': { none: undefined, own: key('own-authority', 'ca.crt') },
  'synapse.unauthenticatedMedia': { default: undefined, true: true },
  'synapse.deployedVersion': { none: undefined, older: '1.163.1' },
  'synapse.afterOutOfBandRestore': { default: undefined, refuse: OutOfBandRestore.REFUSE_TO_START },
  'synapse.media': {
    default: undefined,
    claim: MediaStorage.claim(),
    'shared claim': MediaStorage.sharedClaim({ storageClass: 'shared' }),
    bucket: MediaStorage.s3({
      endpoint: 'https://s3.example.org',
      bucket: 'matrix-media',
      credentials: user('media'),
    }),
    'private bucket': MediaStorage.s3({
      endpoint: 'https://minio.storage:9000',
      bucket: 'media',
      prefix: 'matrix',
      credentials: user('media'),
      storageClass: S3StorageClass.REDUCED_REDUNDANCY,
      caCertificate: key('minio', 'ca.crt'),
      peer: Peer.pods({ app: 'minio' }, 'storage'),
      localCopies: Duration.days(1),
    }),
  },
  'synapse.mediaStorage': { default: undefined, other: Size.gibibytes(8) },
  'synapse.ports': { default: undefined, other: { client: 8018, federation: 8019, metrics: 9010 } },
  'synapse.resources': { default: undefined, own: resources(500) },

  'calls.host': { own: 'calls.example.org' },
  'calls.tokens': { default: undefined, few: { replicas: 1 } },
  'calls.callClient': {
    none: CallClient.none(),
    element: CallClient.element({ host: 'call.example.org', embeddedBy: ['https://element.example.org'] }),
  },
  'calls.entry': {
    'node ports': LivekitEntry.nodePorts({ publicAddress: '203.0.113.7' }),
    balancer: LivekitEntry.loadBalancer({ publicAddress: '203.0.113.8', annotations: { 'example.org/pool': 'calls' } }),
  },
  'calls.relayPort': { none: undefined, own: 30_004 },
  'calls.maxParticipants': { default: undefined, few: 4 },
  'calls.drain': { default: undefined, long: Duration.hours(2) },
  'calls.resources': { default: undefined, own: resources(500) },

  'edge.entry': {
    none: undefined,
    'ingress, Secret': Entry.ingress({
      className: 'traefik',
      controller: traefik,
      tls: EdgeTls.secret('matrix-tls'),
      redirectIngress: true,
    }),
    'ingress, cert-manager': Entry.ingress({
      className: 'nginx',
      controller: Peer.namespace('ingress-nginx'),
      tls: EdgeTls.certManager('letsencrypt'),
      annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '0' },
    }),
    'ingress, wildcard': Entry.ingress({ className: 'haproxy', controller: traefik, tls: EdgeTls.ofController() }),
    'own gateway': Entry.gateway({
      controller: traefik,
      className: 'traefik',
      tls: EdgeTls.certManager('letsencrypt', IssuerKind.ISSUER),
      httpPort: 8000,
      httpsPort: 8443,
    }),
    'existing gateway': Entry.gateway({
      controller: traefik,
      gatewayName: 'public',
      gatewayNamespace: 'gateways',
    }),
  },
  'edge.allowedClients': {
    none: undefined,
    pods: [Peer.pods({ app: 'frontend' })],
    many: [Peer.namespace('frontend'), Peer.pods({ app: 'nginx' }, 'edge'), Peer.addresses('10.1.2.3/32')],
  },
  'edge.allowedAdmins': {
    none: undefined,
    pods: [Peer.pods({ app: 'userservice' }), Peer.pods({ app: 'agencyservice' }, 'agency')],
  },
  'edge.allowedFederationClients': { none: undefined, namespace: [Peer.namespace('calls')] },
  'edge.trustedProxies': { none: undefined, nginx: ['10.1.2.3/32'] },
  'edge.proxyHops': { default: undefined, two: 2 },
  'edge.nodePort': { none: undefined, platform: 30292 },
  'edge.mediaHosts': { none: undefined, api: ['api.example.org'] },
  'edge.sites': {
    none: undefined,
    calls: [
      {
        host: 'web.example.org',
        routes: [{ path: '/jwt', server: { host: 'jwt', port: 3010, allowFrom: () => undefined } }],
      },
    ],
  },
  'edge.replicas': { default: undefined, one: 1, three: 3 },
  'edge.resources': { default: undefined, own: resources(50) },

  'discovery.extraClientContent': {
    none: undefined,
    own: { 'org.example.support': 'https://example.org' },
  },
  'discovery.supportContacts': {
    none: undefined,
    admin: [{ role: SupportRole.ADMIN, matrixId: '@admin:caritas.local' }],
  },
  'discovery.supportPage': { none: undefined, page: 'https://caritas.local/help' },
  'discovery.furtherSites': {
    none: undefined,
    one: [{ serverName: 'b.local', publicBaseUrl: 'https://matrix.b.local' }],
  },
  'discovery.maxAge': { default: undefined, short: Duration.minutes(5) },
  'discovery.replicas': { default: undefined, one: 1, three: 3 },
  'discovery.resources': { default: undefined, own: resources(50) },

  'accounts.adminUsername': { default: undefined, own: 'administrator' },
  'accounts.resources': { default: undefined, own: resources(500) },
  'accounts.unlimited': { none: undefined, two: ['agency', 'system'] },

  'backups.storage': { default: undefined, large: Size.gibibytes(500) },
  'backups.keep': { default: undefined, 'one day': { daily: 1 }, 'no weeks': { weekly: 0 }, 'a year': { monthly: 12 } },
  'backups.schedules': {
    default: undefined,
    other: {
      backup: Schedule.daily('03:15'),
      prune: Schedule.daily('05:45'),
      drill: Schedule.weekly(Weekday.WEDNESDAY, '06:15'),
    },
    dump: { dump: Schedule.monthly(1, '07:15') },
  },
  'backups.fullCheckEvery': { default: undefined, other: Duration.days(14) },
  'monitoring.collector': {
    pods: Peer.pods({ 'app.kubernetes.io/name': 'prometheus' }, 'monitoring'),
    namespace: Peer.namespace('monitoring'),
  },
  'monitoring.rules': {
    default: undefined,
    own: Rules.recommended({ runbooks: 'https://runbooks.example.org', labels: { team: 'chat' } }),
    none: Rules.none(),
  },
  'monitoring.dashboards': { default: undefined, all: Dashboards.configMaps() },
  'monitoring.labels': { none: undefined, stack: { release: 'prometheus' } },
  'monitoring.interval': { default: undefined, short: Duration.seconds(15) },
  'monitoring.probes': { default: undefined, blackbox: Probes.blackbox('blackbox-exporter.monitoring:9115') },

  'syntheticUser.address': { default: undefined, controller: 'traefik.kube-system:443' },
  'syntheticUser.peer': { default: undefined, controller: traefik },
  'syntheticUser.port': { default: undefined, 'of pods': 8443 },
  'syntheticUser.caCertificates': { none: undefined, own: key('own-authority', 'ca.crt') },
  'syntheticUser.username': { default: undefined, other: 'watcher' },
  'syntheticUser.interval': { default: undefined, short: Duration.seconds(20) },
  'syntheticUser.resources': { default: undefined, own: resources(500) },

  'upkeep.abandonedRoomsAfter': { quarter: Duration.days(90), year: Duration.days(365) },
  'upkeep.schedule': { default: undefined, weekly: Schedule.weekly(Weekday.SUNDAY, '00:20') },
  'upkeep.resources': { default: undefined, own: resources(500) },

  'backups.recoveryPointObjective': { default: undefined, short: Duration.seconds(30) },
  'backups.agentResources': { default: undefined, own: resources(500) },
  'backups.jobResources': { default: undefined, own: resources(500) },
};

/** The props that a row stands for. */
export function propsOf(row: Row): Omit<MatrixChartProps, 'namespace'> {
  const values: { readonly [option: string]: { readonly [name: string]: unknown } } = OPTIONS;
  const chosen = Object.entries(row).map(([option, name]) => [option, values[option][name]] as const);
  const facts = chosen.filter(([option]) => !option.includes('.') && !(option in PARTS) && option !== 'secrets');
  const parts = Object.keys(PARTS).map((part) => {
    const options = chosen.filter(([option]) => option.startsWith(`${part}.`));
    const make = values[part][row[part]] as (options: object) => unknown;
    return [part, make(Object.fromEntries(options.map(([option, value]) => [option.slice(part.length + 1), value])))];
  });
  const secrets = OPTIONS.secrets[row.secrets](row);
  return Object.fromEntries([...facts, ...parts, ['secrets', secrets]]);
}

/** Two values that cannot be combined; synthesis fails with the reason. */
export type Excluded = readonly [option: keyof Options, value: string, other: keyof Options, value: string];

const OUTSIDE = Object.keys(OPTIONS['edge.entry']).filter((name) => name !== 'none');
const MANAGED = Object.keys(PARTS.postgres).filter((name) => name !== 'in cluster');

/** Pairs of values that the combinations leave out. */
export const EXCLUDED: Excluded[] = [
  ['serverName', 'address', 'allowIpServerName', 'default'],
  // Other servers would connect to the port, not to federationHost.
  ...['open', 'list', 'private'].flatMap((federation): Excluded[] =>
    ['port', 'address'].map((name) => ['serverName', name, 'synapse.federation', federation]),
  ),
  ...OUTSIDE.flatMap((entry): Excluded[] => [
    ['serverName', 'address', 'edge.entry', entry],
    ['publicBaseUrl', 'http', 'edge.entry', entry],
  ]),
  ['edge.nodePort', 'platform', 'edge.allowedClients', 'none'],
  ...[['edge.sites', 'calls'] as const, ['calls', 'livekit'] as const].flatMap(([prop, value]): Excluded[] => [
    [prop, value, 'serverName', 'address'],
    [prop, value, 'publicBaseUrl', 'http'],
  ]),
  ['edge.sites', 'calls', 'edge.entry', 'none'],
  ['calls', 'livekit', 'edge.entry', 'none'],
  ...MANAGED.flatMap((postgres): Excluded[] => [
    ['postgres', postgres, 'backups.schedules', 'dump'],
    ['postgres', postgres, 'backups.recoveryPointObjective', 'short'],
  ]),
  ['postgres.synchronousReplication', 'true', 'backups', 'none'],
  ['postgres.receiverResources', 'own', 'postgres.synchronousReplication', 'default'],
  ['postgres.receiverResources', 'own', 'backups', 'none'],
  ['syntheticUser', 'in cluster', 'monitoring', 'none'],
  ['syntheticUser', 'in cluster', 'accounts', 'none'],
  ['upkeep', 'nightly', 'accounts', 'none'],
  ['synapse.media', 'shared claim', 'workers', 'none'],
  ['synapse.media', 'shared claim', 'workers', 'for size'],
  // Only an image of one's own has the library for S3.
  ...['bucket', 'private bucket'].flatMap((media): Excluded[] =>
    ['default', 'mirror'].map((images) => ['synapse.media', media, 'images', images]),
  ),
  ['syntheticUser.port', 'of pods', 'syntheticUser.peer', 'default'],
  // Without a controller, only a peer says where these private addresses are.
  ['syntheticUser.address', 'controller', 'syntheticUser.peer', 'default'],
  ['serverName', 'address', 'syntheticUser.peer', 'default'],
];
