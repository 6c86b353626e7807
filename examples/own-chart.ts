import { Chart, Size } from 'cdk8s';
import {
  BackupRepository,
  ImageSource,
  MatrixAccounts,
  MatrixApp,
  MatrixBackups,
  MatrixDiscovery,
  MatrixEdge,
  MatrixPostgres,
  MatrixSynapse,
  OperatorMonitoring,
  Peer,
  SecretKey,
  System,
} from 'oriso-matrix';

const app = new MatrixApp();
const chart = new Chart(app, 'matrix', { namespace: 'matrix', disableResourceNameHashes: true });

// The parts of MatrixChart, put together by hand.
const system = new System(chart, 'System', {
  serverName: 'example.org',
  publicBaseUrl: 'https://matrix.example.org',
  images: ImageSource.upstream({ replacements: { postgres: 'registry.example.org/postgres:17.11-alpine' } }),
});
const database = new MatrixPostgres(chart, 'Postgres', {
  system,
  storage: Size.gibibytes(100),
  parameters: { autovacuum_vacuum_cost_limit: '1000' },
});
const homeserver = new MatrixSynapse(chart, 'Synapse', { system, database });
const discovery = new MatrixDiscovery(chart, 'Discovery', { system, allowedClients: [] });
const edge = new MatrixEdge(chart, 'Edge', { system, homeserver, discovery });
const accounts = new MatrixAccounts(chart, 'Accounts', {
  system,
  homeserver: {
    host: edge.adminHost,
    port: edge.adminPort,
    registrationSecret: homeserver.secretFiles.registration_shared_secret,
  },
  adminUsername: 'keeper-of-example-org',
});
const credentials = (secretName: string) => ({
  accessKeyId: SecretKey.fromSecretName(secretName, 'id'),
  secretAccessKey: SecretKey.fromSecretName(secretName, 'key'),
});
const backups = new MatrixBackups(chart, 'Backups', {
  system,
  database,
  homeserver,
  // Off-site. The credentials that write backups cannot remove any, which the store must enforce too.
  repository: BackupRepository.s3({
    endpoint: 'https://s3.example.org',
    bucket: 'matrix-backups',
    appendOnly: true,
    credentials: credentials('backups'),
    pruneCredentials: credentials('prune'),
  }),
  storage: Size.gibibytes(150),
  keep: { daily: 14 },
  furtherSecrets: [accounts.adminPassword],
});

edge.allowAdminFrom(accounts);
edge.allowFrom(Peer.namespace('bots'));
new OperatorMonitoring(chart, 'Monitoring', {
  system,
  parts: [edge, homeserver, database.watched, backups],
  collector: Peer.pods({ 'app.kubernetes.io/name': 'prometheus' }, 'monitoring'),
});

app.synth();
