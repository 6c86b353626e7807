import { Duration, Size } from 'cdk8s';
import {
  BackupRepository,
  DatabaseTls,
  Edge,
  EdgeTls,
  Federation,
  ForeignRestore,
  HomeserverConfig,
  IssuerKind,
  type MatrixChartProps,
  MatrixPostgres,
  MatrixSecrets,
  type OidcProvider,
  Peer,
  SecretKey,
  SecretStore,
  SupportRole,
  SystemSize,
} from '../../lib';
import { EXISTING_SECRETS } from '../support/systems';

/** The values of a prop that make a difference, each under a short name. Undefined is the prop left out. */
type Values<Value> = { readonly [name: string]: Value };

/** Every prop but the namespace, which is each system's own. A new prop does not compile until it is here. */
export type Options = {
  readonly [Prop in keyof Required<Omit<MatrixChartProps, 'namespace'>>]: Values<MatrixChartProps[Prop]>;
};

const key = (secret: string, name = 'value') => SecretKey.of(secret, name);
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
const existing = {
  ...EXISTING_SECRETS,
  databasePassword: key('vault-database', 'password'),
  backupPassword: key('vault-database', 'backup'),
  repositoryPassword: key('vault-backup', 'repository_password'),
};
const managed = (tls: DatabaseTls) =>
  MatrixPostgres.external({
    host: 'db.example.org',
    credentials: key('managed-database'),
    tls,
    peer: Peer.addresses('10.1.2.3/32'),
  });

/** What the systems of the matrix are put together from. */
export const OPTIONS: Options = {
  serverName: { domain: 'caritas.local', port: 'caritas.local:8448', address: '192.0.2.7' },
  publicBaseUrl: {
    https: 'https://matrix.caritas.local',
    port: 'https://matrix.caritas.local:8443',
    http: 'http://matrix.caritas.local',
  },
  allowIpServerName: { default: undefined, true: true },
  namePrefix: { default: undefined, training: 'training-' },
  size: { small: SystemSize.SMALL, medium: SystemSize.MEDIUM, large: SystemSize.LARGE },
  storageClass: { default: undefined, block: 'block-storage' },
  images: { default: undefined, own: { synapse: 'registry.example.org/synapse:v1.163.2' } },
  imageRegistry: { default: undefined, mirror: 'registry.example.org/mirror' },
  imagePullSecrets: { default: undefined, one: ['registry-credentials'] },
  secrets: {
    generated: undefined,
    store: MatrixSecrets.external(SecretStore.namespaced('vault'), { remoteKey: 'matrix' }),
    'cluster store': MatrixSecrets.external(SecretStore.cluster('vault'), {
      remoteKey: 'matrix',
      refreshInterval: Duration.minutes(5),
    }),
    existing: MatrixSecrets.existing({
      ...existing,
      adminPassword: key('vault-admin', 'password'),
      oldSigningKeys: key('vault-identity', 'old_signing_keys.yaml'),
    }),
    'existing, no administrator': MatrixSecrets.existing(existing),
  },

  postgres: {
    'in cluster': undefined,
    verified: managed(DatabaseTls.VERIFIED),
    'own authority': managed(DatabaseTls.verifiedBy(key('managed-database', 'ca.crt'))),
    plain: managed(DatabaseTls.DISABLED),
  },
  database: { default: undefined, matrix: 'matrix' },
  databaseUser: { default: undefined, matrix: 'matrix_user' },
  // What the default claim for backups still holds: more would want another one.
  databaseStorage: { default: undefined, other: Size.gibibytes(16) },
  mediaStorage: { default: undefined, other: Size.gibibytes(8) },

  config: { default: undefined, more: HomeserverConfig.platform().extend({ max_upload_size: '100M' }) },
  secretConfig: { none: undefined, mail: key('mail', 'settings.yaml') },
  federation: {
    closed: undefined,
    open: Federation.OPEN,
    list: Federation.allowList('example.org', 'matrix.org'),
    private: Federation.OPEN.withPrivateNetwork({ addresses: '10.96.1.2/32', peer: traefik, port: 8443 }),
  },
  oidcProviders: { none: undefined, one: [keycloak], two: [{ ...keycloak, allowedGroups: ['counsellors'] }, inner] },
  caCertificates: { none: undefined, own: key('own-authority', 'ca.crt') },
  turn: { none: undefined, one: { uris: ['turns:turn.example.org:5349'], sharedSecret: key('turn') } },
  unauthenticatedMedia: { default: undefined, true: true },
  afterForeignRestore: { default: undefined, refuse: ForeignRestore.REFUSE_TO_START },

  edge: {
    none: Edge.none(),
    'ingress, Secret': Edge.ingress({
      className: 'traefik',
      controller: traefik,
      tls: EdgeTls.secret('matrix-tls'),
      redirectIngress: true,
    }),
    'ingress, cert-manager': Edge.ingress({
      className: 'nginx',
      controller: Peer.namespace('ingress-nginx'),
      tls: EdgeTls.certManager('letsencrypt'),
      annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '0' },
    }),
    'ingress, wildcard': Edge.ingress({ className: 'haproxy', controller: traefik, tls: EdgeTls.ofController() }),
    'own gateway': Edge.gateway({
      controller: traefik,
      className: 'traefik',
      tls: EdgeTls.certManager('letsencrypt', IssuerKind.ISSUER),
      httpPort: 8000,
      httpsPort: 8443,
    }),
    'gateway that is there': Edge.gateway({
      controller: traefik,
      gatewayName: 'public',
      gatewayNamespace: 'gateways',
    }),
  },
  clients: {
    none: undefined,
    pods: [Peer.pods({ app: 'frontend' })],
    many: [Peer.namespace('frontend'), Peer.pods({ app: 'nginx' }, 'edge'), Peer.addresses('10.1.2.3/32')],
  },
  admins: { none: undefined, pods: [Peer.pods({ app: 'userservice' }), Peer.pods({ app: 'agencyservice' }, 'agency')] },
  federationClients: { none: undefined, namespace: [Peer.namespace('calls')] },
  trustedProxies: { none: undefined, nginx: ['10.1.2.3/32'] },
  proxyHops: { default: undefined, two: 2 },
  nodePort: { none: undefined, platform: 30292 },
  mediaHosts: { none: undefined, api: ['api.example.org'] },
  edgeReplicas: { default: undefined, one: 1, three: 3 },

  withAccounts: { default: undefined, false: false, true: true },
  adminUsername: { default: undefined, own: 'administrator' },
  serviceAccounts: { none: undefined, two: ['agency', 'system'] },

  federationHost: { default: undefined, own: 'federation.example.org:8448' },
  withDiscovery: { default: undefined, false: false },
  extraClientContent: { none: undefined, calls: { 'org.matrix.msc4143.rtc_foci': [{ type: 'livekit' }] } },
  supportContacts: { none: undefined, admin: [{ role: SupportRole.ADMIN, matrixId: '@admin:caritas.local' }] },
  supportPage: { none: undefined, page: 'https://caritas.local/help' },
  furtherSites: { none: undefined, one: [{ serverName: 'b.local', publicBaseUrl: 'https://matrix.b.local' }] },

  withBackups: { default: undefined, false: false, true: true },
  backupRepository: {
    claim: undefined,
    's3, append-only': BackupRepository.s3({
      endpoint: 'https://minio.storage:9000',
      bucket: 'backups',
      prefix: 'matrix/production',
      credentials: user('backup-writer'),
      pruneCredentials: user('backup-pruner'),
      appendOnly: true,
      caCertificate: key('minio', 'ca.crt'),
      peer: Peer.pods({ app: 'minio' }, 'storage'),
    }),
    's3, plain': BackupRepository.s3({
      endpoint: 'http://minio.storage:9000',
      bucket: 'backups',
      region: 'eu-central-1',
      credentials: user('backup'),
      allowPlainHttp: true,
    }),
    'REST server': BackupRepository.restServer({
      url: 'https://backup.example.org:8000/matrix',
      credentials: restUser('backup'),
      pruneCredentials: restUser('prune'),
      pruneUrl: 'https://backup.example.org:8001/matrix',
      appendOnly: true,
    }),
  },
  backupStorage: { default: undefined, large: Size.gibibytes(500) },
  backupSchedule: { default: undefined, other: '15 3 * * *' },
  pruneSchedule: { default: undefined, other: '45 5 * * *' },
  drillSchedule: { default: undefined, other: '15 6 * * 3' },
  dumpSchedule: { default: undefined, other: '15 7 1 * *' },
  checkDays: { default: undefined, other: 14 },
  recoveryPoint: { default: undefined, short: Duration.seconds(30) },
  withoutLoss: { default: undefined, true: true },
  keepDaily: { default: undefined, one: 1 },
  keepWeekly: { default: undefined, none: 0 },
  keepMonthly: { default: undefined, year: 12 },
};

/** Two values that cannot be together: synthesis says why. */
export type Excluded = readonly [prop: keyof Options, value: string, other: keyof Options, value: string];

const OUTSIDE = Object.keys(OPTIONS.edge).filter((name) => name !== 'none');
const MANAGED = Object.keys(OPTIONS.postgres).filter((name) => name !== 'in cluster');

/** Options of a part, with the values that are refused where the part is left out. */
const inVain = (prop: keyof Options, value: string, ...names: (keyof Options)[]): Excluded[] =>
  names.flatMap((name) =>
    Object.entries(OPTIONS[name])
      .filter(([, given]) => given !== undefined)
      .map(([given]): Excluded => [prop, value, name, given]),
  );
const OF_BACKUPS: (keyof Options)[] = [
  'backupRepository',
  'backupStorage',
  'backupSchedule',
  'pruneSchedule',
  'drillSchedule',
  'dumpSchedule',
  'checkDays',
  'recoveryPoint',
  'withoutLoss',
  'keepDaily',
  'keepWeekly',
  'keepMonthly',
];

/** What is left out of the matrix. */
export const EXCLUDED: Excluded[] = [
  ['serverName', 'address', 'allowIpServerName', 'default'],
  ...OUTSIDE.map((edge): Excluded => ['serverName', 'address', 'edge', edge]),
  ...OUTSIDE.map((edge): Excluded => ['publicBaseUrl', 'http', 'edge', edge]),
  ...MANAGED.flatMap((postgres) =>
    inVain('postgres', postgres, 'database', 'databaseUser', 'databaseStorage', ...OF_BACKUPS),
  ),
  ...inVain('withBackups', 'false', ...OF_BACKUPS),
  ...inVain('withDiscovery', 'false', 'extraClientContent', 'supportContacts', 'supportPage', 'furtherSites'),
  ...MANAGED.map((postgres): Excluded => ['postgres', postgres, 'withBackups', 'true']),
  ['withAccounts', 'true', 'secrets', 'existing, no administrator'],
  ['adminUsername', 'own', 'secrets', 'existing, no administrator'],
  ['adminUsername', 'own', 'withAccounts', 'false'],
  ['serviceAccounts', 'two', 'secrets', 'existing, no administrator'],
  ['serviceAccounts', 'two', 'withAccounts', 'false'],
  ['nodePort', 'platform', 'clients', 'none'],
];
