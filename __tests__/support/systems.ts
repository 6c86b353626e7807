import { Duration, Size, Testing } from 'cdk8s';
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
  type CoturnOptions,
  Dashboards,
  DatabaseTls,
  Discovery,
  type DiscoveryOptions,
  type EdgeOptions,
  EdgeTls,
  type ElementOptions,
  Entry,
  Federation,
  HomeserverConfig,
  ImageSource,
  type ImageSourceOptions,
  IssuerKind,
  LivekitEntry,
  MatrixChart,
  type MatrixChartProps,
  MediaStorage,
  Monitoring,
  OutOfBandRestore,
  Peer,
  type PodOptions,
  Postgres,
  type PostgresOptions,
  Probes,
  type PrometheusOperatorOptions,
  Rules,
  type S3MediaOptions,
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
  type WorkersOptions,
} from '../../lib';
import type { Manifest } from './manifests';

/** What MatrixChart cannot do without. */
export const DEFAULT: MatrixChartProps = {
  namespace: 'caritas',
  serverName: 'caritas.local',
  publicBaseUrl: 'https://matrix.caritas.local',
};

const key = SecretKey.fromSecretName;

/** The secrets that every system asks for. */
export const EXISTING_SECRETS = {
  signingKey: key('vault-identity', 'signing.key'),
  registrationSharedSecret: key('vault-synapse', 'registration'),
  macaroonSecretKey: key('vault-synapse', 'macaroon'),
  formSecret: key('vault-synapse', 'form'),
};

/** The secrets that a system with all its parts asks for. */
export const ALL_SECRETS = {
  ...EXISTING_SECRETS,
  databasePassword: key('vault-database', 'password'),
  backupPassword: key('vault-database', 'backup'),
  repositoryPassword: key('vault-backup', 'repository_password'),
  adminPassword: key('vault-admin', 'password'),
};

function user(secretName: string) {
  return { accessKeyId: key(secretName, 'id'), secretAccessKey: key(secretName, 'key') };
}

function resources(millis: number) {
  return {
    cpu: Cpu.millis(millis),
    memory: Size.mebibytes(millis),
    memoryLimit: Size.mebibytes(4 * millis),
    cpuLimit: Cpu.units(8),
  };
}

// Every option of everything: a new one must be set here too, or this does not compile.
const IMAGES: Required<ImageSourceOptions> = {
  replacements: {
    nginx: `registry.example.org/own/nginx:1.29@sha256:${'0'.repeat(64)}`,
    synapse: 'registry.example.org/own/synapse-s3:v1.163.2',
  },
  pullSecrets: ['registry-credentials'],
};

const PODS: Required<PodOptions> = {
  tolerations: [{ key: 'example.org/matrix', operator: 'Exists', effect: 'NoSchedule' }],
  nodeSelector: { 'example.org/pool': 'matrix' },
  priorityClassName: 'matrix',
  limits: {
    cpuLimitRatio: 10,
    maxMemoryRatio: 8,
    maxStorageRatio: 16,
    minCpu: Cpu.millis(25),
    minMemory: Size.mebibytes(32),
  },
  labels: { 'example.org/team': 'matrix' },
  annotations: { 'example.org/note': 'yes' },
};

const POSTGRES: Required<PostgresOptions> = {
  database: 'matrix',
  user: 'matrix_user',
  storage: Size.gibibytes(100),
  parameters: { autovacuum_vacuum_cost_limit: '1000' },
  resources: resources(1001),
  synchronousReplication: true,
  receiverResources: resources(101),
};

const MEDIA: Required<S3MediaOptions> = {
  endpoint: 'https://minio.storage:9000',
  bucket: 'media',
  prefix: 'matrix/production',
  region: 'eu-central-1',
  credentials: user('media'),
  storageClass: S3StorageClass.STANDARD_IA,
  caCertificate: key('minio', 'ca.crt'),
  allowPlainHttp: false,
  peer: Peer.pods({ app: 'minio' }, 'storage'),
  port: 9001,
  localCopies: Duration.days(3),
  schedule: Schedule.daily('00:10'),
};

const SYNAPSE: Required<SynapseOptions> = {
  config: HomeserverConfig.oriso().extend({ max_upload_size: '100M', push: { enabled: true } }),
  secretConfig: key('mail', 'settings.yaml'),
  federation: Federation.allowList('example.org', 'matrix.org').withPrivateNetwork({
    addresses: '10.20.0.0/16',
    port: 443,
  }),
  oidcProviders: [
    {
      id: 'keycloak',
      name: 'Keycloak',
      issuer: 'https://keycloak.example.org/realms/platform',
      clientId: 'matrix',
      clientSecret: key('keycloak-client', 'secret'),
    },
    {
      id: 'inner',
      name: 'Inner',
      issuer: 'http://keycloak.identity:8080/realms/inner',
      clientId: 'matrix',
      clientSecret: key('inner-client', 'secret'),
      allowedGroups: ['counsellors'],
      allowPlainHttp: true,
      peer: Peer.pods({ app: 'keycloak' }, 'identity'),
    },
  ],
  caCertificates: key('own-authority', 'ca.crt'),
  unauthenticatedMedia: true,
  deployedVersion: '1.163.2',
  afterOutOfBandRestore: OutOfBandRestore.REFUSE_TO_START,
  media: MediaStorage.s3(MEDIA),
  mediaStorage: Size.gibibytes(200),
  ports: { client: 8018, federation: 8019, metrics: 9010 },
  resources: resources(1002),
};

const TURN: Required<CoturnOptions> = {
  host: 'turn.example.org',
  entry: TurnEntry.nodePorts({
    publicAddress: '203.0.113.7',
    port: 30001,
    tlsPort: 30002,
    firstRelayPort: 30010,
    nodeLabels: { 'example.org/turn': 'yes' },
  }),
  tlsSecretName: 'turn-tls',
  calls: 2,
  deniedRanges: ['203.0.113.0/28'],
  userQuota: 8,
  maxMegabitsPerSecond: 4,
  userLifetime: Duration.minutes(30),
  resources: resources(107),
};

const CALLS: Required<CallsOptions> = {
  host: 'calls.caritas.local',
  tokens: { replicas: 1 },
  callClient: CallClient.element({
    host: 'call.caritas.local',
    embeddedBy: ['https://element.caritas.local'],
    replicas: 3,
    resources: resources(17),
  }),
  entry: LivekitEntry.nodePorts({ publicAddress: '203.0.113.7', udpPort: 30012, tcpPort: 30011 }),
  relayPort: 30014,
  maxParticipants: 8,
  drain: Duration.hours(1),
  resources: resources(1013),
};

const EDGE: Required<EdgeOptions> = {
  entry: Entry.gateway({
    controller: Peer.namespace('ingress'),
    className: 'traefik',
    tls: EdgeTls.certManager('letsencrypt', IssuerKind.ISSUER),
    httpPort: 8000,
    httpsPort: 8443,
  }),
  allowedClients: [Peer.pods({ app: 'frontend' }), Peer.addresses('10.1.2.3/32')],
  allowedAdmins: [Peer.pods({ app: 'userservice' })],
  allowedFederationClients: [Peer.namespace('edge')],
  trustedProxies: ['10.1.2.3/32'],
  proxyHops: 2,
  nodePort: 30292,
  mediaHosts: ['api.example.org'],
  sites: [
    {
      host: 'calls.example.org',
      routes: [
        {
          path: '/livekit/sfu/rtc',
          server: { host: 'livekit', port: 7880, allowFrom: () => undefined },
          stripPrefix: '/livekit/sfu',
          webSockets: true,
          maxBody: Size.kibibytes(16),
        },
      ],
    },
  ],
  replicas: 3,
  resources: resources(1003),
};

const WEB_CLIENT: Required<ElementOptions> = {
  url: 'https://element.example.org',
  brand: 'Counselling',
  federatedRooms: true,
  presence: false,
  forceVerification: true,
  elementCallUrl: 'https://call.example.org',
  replicas: 3,
  resources: resources(108),
};

const DISCOVERY: Required<DiscoveryOptions> = {
  extraClientContent: { 'org.example.support': 'https://help.example.org' },
  supportContacts: [{ role: SupportRole.ADMIN, matrixId: '@admin:caritas.local' }],
  supportPage: 'https://caritas.local/help',
  furtherSites: [{ serverName: 'second.local', publicBaseUrl: 'https://matrix.second.local' }],
  maxAge: Duration.minutes(5),
  replicas: 4,
  resources: resources(1004),
};

const ACCOUNTS: Required<AccountsOptions> = {
  adminUsername: 'root',
  unlimited: ['root', '@agency:caritas.local'],
  resources: resources(102),
};

const KEEP: Required<NonNullable<BackupOptions['keep']>> = { daily: 14, weekly: 8, monthly: 12 };

const SCHEDULES: Required<NonNullable<BackupOptions['schedules']>> = {
  backup: Schedule.daily('03:30'),
  prune: Schedule.daily('05:15'),
  drill: Schedule.weekly(Weekday.WEDNESDAY, '06:00'),
  dump: Schedule.monthly(1, '07:00'),
};

const BACKUPS: Required<BackupOptions> = {
  storage: Size.gibibytes(500),
  keep: KEEP,
  schedules: SCHEDULES,
  fullCheckEvery: Duration.days(14),
  recoveryPointObjective: Duration.seconds(30),
  agentResources: resources(103),
  jobResources: resources(104),
};

const MONITORING: Required<PrometheusOperatorOptions> = {
  collector: Peer.pods({ 'app.kubernetes.io/name': 'prometheus' }, 'monitoring'),
  rules: Rules.recommended({
    runbooks: 'https://runbooks.example.org/matrix/',
    labels: { team: 'chat' },
    without: ['MatrixBackupPasswordNotEscrowed'],
  }),
  dashboards: Dashboards.configMaps({ labels: { dashboards: 'yes' }, annotations: { folder: 'Chat' } }),
  labels: { release: 'prometheus' },
  interval: Duration.seconds(15),
  probes: Probes.blackbox('blackbox-exporter.monitoring:9115', { module: 'https_2xx' }),
};

const SYNTHETIC_USER: Required<SyntheticUserOptions> = {
  address: 'traefik.kube-system:443',
  peer: Peer.pods({ 'app.kubernetes.io/name': 'traefik' }, 'kube-system'),
  port: 8443,
  caCertificates: key('private-ca', 'ca.crt'),
  username: 'watcher',
  interval: Duration.seconds(30),
  resources: resources(105),
};

const UPKEEP: Required<UpkeepOptions> = {
  abandonedRoomsAfter: Duration.days(90),
  schedule: Schedule.weekly(Weekday.MONDAY, '02:20'),
  resources: resources(109),
};

const WORKERS: Required<WorkersOptions> = {
  sync: Scaling.between(2, 4),
  client: Scaling.fixed(2),
  eventCreators: Scaling.fixed(2),
  eventPersisters: 2,
  federationReaders: Scaling.between(1, 2, 50),
  federationSenders: 2,
  pushers: 1,
  media: 1,
  background: true,
  streams: { typing: 1, toDevice: 1, accountData: 1, receipts: 2, presence: 1, pushRules: 1, deviceLists: 2 },
  resources: resources(106),
};

/** Every option of every part. */
export const OPTIONS = {
  postgres: POSTGRES,
  synapse: SYNAPSE,
  workers: WORKERS,
  turn: TURN,
  calls: CALLS,
  edge: EDGE,
  webClient: WEB_CLIENT,
  discovery: DISCOVERY,
  accounts: ACCOUNTS,
  backups: BACKUPS,
  monitoring: MONITORING,
  syntheticUser: SYNTHETIC_USER,
  upkeep: UPKEEP,
};

/** Every fact. */
export const FACTS: Required<SystemProps> = {
  serverName: 'caritas.local',
  publicBaseUrl: 'https://matrix.caritas.local',
  federationHost: 'federation.example.org:8448',
  allowIpServerName: true,
  size: SystemSize.LARGE,
  storageClass: 'block-storage',
  namePrefix: 'full-',
  images: ImageSource.mirror('registry.example.org/mirror', IMAGES),
  secrets: Secrets.external(SecretStore.cluster('vault'), { remoteKey: 'matrix/production' }),
  pods: PODS,
};

/** Off-site, where only the pruner may remove anything. */
export const REPOSITORY = BackupRepository.s3({
  endpoint: 'https://minio.storage:9000',
  bucket: 'backups',
  prefix: 'matrix/production',
  region: 'eu-central-1',
  credentials: user('backup-writer'),
  pruneCredentials: user('backup-pruner'),
  appendOnly: true,
  caCertificate: key('minio', 'ca.crt'),
  peer: Peer.pods({ app: 'minio' }, 'storage'),
});

const EVERYTHING: Required<MatrixChartProps> = {
  namespace: 'caritas',
  ...FACTS,
  postgres: Postgres.inCluster(POSTGRES),
  synapse: SYNAPSE,
  workers: Workers.of(WORKERS),
  turn: Turn.coturn(TURN),
  calls: Calls.livekit(CALLS),
  edge: EDGE,
  webClient: WebClient.element(WEB_CLIENT),
  discovery: Discovery.served(DISCOVERY),
  accounts: Accounts.managed(ACCOUNTS),
  backups: Backups.to(REPOSITORY, BACKUPS),
  monitoring: Monitoring.prometheusOperator(MONITORING),
  syntheticUser: SyntheticUser.inCluster(SYNTHETIC_USER),
  upkeep: Upkeep.nightly(UPKEEP),
};

/** The systems that whole-chart tests look at. */
export const SYSTEMS: { [name: string]: MatrixChartProps } = {
  default: DEFAULT,
  everything: EVERYTHING,
  'external database': {
    ...DEFAULT,
    secrets: Secrets.existing({ ...EXISTING_SECRETS, repositoryPassword: ALL_SECRETS.repositoryPassword }),
    postgres: Postgres.external({
      host: 'db.example.org',
      credentials: key('managed-database', 'password'),
      tls: DatabaseTls.verifiedBy(key('managed-database', 'ca.crt')),
      peer: Peer.addresses('10.1.2.3/32'),
    }),
    accounts: Accounts.none(),
  },
  'second system in a namespace': {
    ...DEFAULT,
    namePrefix: 'training-',
    serverName: 'training.caritas.local',
    synapse: { federation: Federation.OPEN },
    edge: {
      entry: Entry.ingress({
        className: 'traefik',
        controller: Peer.pods({ 'app.kubernetes.io/name': 'traefik' }, 'kube-system'),
        tls: EdgeTls.secret('training-tls'),
        redirectIngress: true,
      }),
    },
  },
};

/** A chart in an app of its own. */
export function chartOf(props: Partial<MatrixChartProps> = {}): MatrixChart {
  return new MatrixChart(Testing.app(), 'matrix', { ...DEFAULT, ...props });
}

const rendered = new Map<string, Manifest[]>();

/** The objects of one of {@link SYSTEMS}, rendered once a test file; not to be changed. */
export function manifestsOf(system: string): Manifest[] {
  const manifests = rendered.get(system) ?? Testing.synth(chartOf(SYSTEMS[system]));
  rendered.set(system, manifests);
  return manifests;
}
