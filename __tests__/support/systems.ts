import { Duration, Size, Testing } from 'cdk8s';
import {
  BackupRepository,
  DatabaseTls,
  Edge,
  EdgeTls,
  Federation,
  ForeignRestore,
  HomeserverConfig,
  IssuerKind,
  MatrixChart,
  type MatrixChartProps,
  MatrixPostgres,
  MatrixSecrets,
  Peer,
  SecretKey,
  SecretStore,
  SupportRole,
  SystemSize,
} from '../../lib';
import type { Manifest } from './manifests';

/** What MatrixChart cannot do without. */
export const DEFAULT: MatrixChartProps = {
  namespace: 'caritas',
  serverName: 'caritas.local',
  publicBaseUrl: 'https://matrix.caritas.local',
};

/** References to Secrets that are there. */
export const EXISTING_SECRETS = {
  signingKey: SecretKey.of('vault-identity', 'signing.key'),
  registrationSharedSecret: SecretKey.of('vault-synapse', 'registration'),
  macaroonSecretKey: SecretKey.of('vault-synapse', 'macaroon'),
  formSecret: SecretKey.of('vault-synapse', 'form'),
};

function user(secretName: string) {
  return { accessKeyId: SecretKey.of(secretName, 'id'), secretAccessKey: SecretKey.of(secretName, 'key') };
}

/** Every prop but `postgres`: a new one must be set here too, or this does not compile. */
const EVERYTHING: Required<Omit<MatrixChartProps, 'postgres'>> = {
  ...DEFAULT,
  namePrefix: 'full-',
  images: { nginx: `registry.example.org/own/nginx:1.29@sha256:${'0'.repeat(64)}` },
  imageRegistry: 'registry.example.org/mirror',
  imagePullSecrets: ['registry-credentials'],
  federationClients: [Peer.namespace('edge')],
  secretConfig: SecretKey.of('mail', 'settings.yaml'),
  federationHost: 'federation.example.org:8448',
  size: SystemSize.LARGE,
  storageClass: 'block-storage',
  secrets: MatrixSecrets.external(SecretStore.cluster('vault'), { remoteKey: 'matrix/production' }),
  database: 'matrix',
  databaseUser: 'matrix_user',
  databaseStorage: Size.gibibytes(100),
  config: HomeserverConfig.platform().extend({ max_upload_size: '100M' }),
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
      clientSecret: SecretKey.of('keycloak-client', 'secret'),
    },
    {
      id: 'inner',
      name: 'Inner',
      issuer: 'http://keycloak.identity:8080/realms/inner',
      clientId: 'matrix',
      clientSecret: SecretKey.of('inner-client', 'secret'),
      allowedGroups: ['counsellors'],
      allowPlainHttp: true,
      peer: Peer.pods({ app: 'keycloak' }, 'identity'),
    },
  ],
  caCertificates: SecretKey.of('own-authority', 'ca.crt'),
  turn: { uris: ['turns:turn.example.org:5349'], sharedSecret: SecretKey.of('turn', 'shared_secret') },
  unauthenticatedMedia: true,
  edge: Edge.gateway({
    controller: Peer.namespace('ingress'),
    className: 'traefik',
    tls: EdgeTls.certManager('letsencrypt', IssuerKind.ISSUER),
    httpPort: 8000,
    httpsPort: 8443,
  }),
  edgeReplicas: 3,
  clients: [Peer.pods({ app: 'frontend' }), Peer.addresses('10.1.2.3/32')],
  admins: [Peer.pods({ app: 'userservice' })],
  trustedProxies: ['10.1.2.3/32'],
  proxyHops: 2,
  nodePort: 30292,
  mediaHosts: ['api.example.org'],
  allowIpServerName: true,
  afterForeignRestore: ForeignRestore.REFUSE_TO_START,
  mediaStorage: Size.gibibytes(200),
  withDiscovery: true,
  extraClientContent: { 'org.matrix.msc4143.rtc_foci': [{ type: 'livekit', livekit_service_url: 'https://call' }] },
  supportContacts: [{ role: SupportRole.ADMIN, matrixId: '@admin:caritas.local' }],
  supportPage: 'https://caritas.local/help',
  furtherSites: [{ serverName: 'second.local', publicBaseUrl: 'https://matrix.second.local' }],
  withBackups: true,
  withAccounts: true,
  adminUsername: 'root',
  serviceAccounts: ['root', '@agency:caritas.local'],
  backupRepository: BackupRepository.s3({
    endpoint: 'https://minio.storage:9000',
    bucket: 'backups',
    prefix: 'matrix/production',
    region: 'eu-central-1',
    credentials: user('backup-writer'),
    pruneCredentials: user('backup-pruner'),
    appendOnly: true,
    caCertificate: SecretKey.of('minio', 'ca.crt'),
    peer: Peer.pods({ app: 'minio' }, 'storage'),
  }),
  backupStorage: Size.gibibytes(500),
  backupSchedule: '30 3 * * *',
  pruneSchedule: '15 5 * * *',
  checkDays: 14,
  drillSchedule: '0 6 * * 3',
  dumpSchedule: '0 7 1 * *',
  recoveryPoint: Duration.seconds(30),
  withoutLoss: true,
  keepDaily: 14,
  keepWeekly: 8,
  keepMonthly: 12,
};

/** The systems that whole-chart tests look at. */
export const SYSTEMS: { [name: string]: MatrixChartProps } = {
  default: DEFAULT,
  everything: EVERYTHING,
  'external database': {
    ...DEFAULT,
    secrets: MatrixSecrets.existing(EXISTING_SECRETS),
    postgres: MatrixPostgres.external({
      host: 'db.example.org',
      credentials: SecretKey.of('managed-database', 'password'),
      tls: DatabaseTls.verifiedBy(SecretKey.of('managed-database', 'ca.crt')),
      peer: Peer.addresses('10.1.2.3/32'),
    }),
  },
  'second system in a namespace': {
    ...DEFAULT,
    namePrefix: 'training-',
    serverName: 'training.caritas.local',
    federation: Federation.OPEN,
    edge: Edge.ingress({
      className: 'traefik',
      controller: Peer.pods({ 'app.kubernetes.io/name': 'traefik' }, 'kube-system'),
      tls: EdgeTls.secret('training-tls'),
      redirectIngress: true,
    }),
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
