import { Chart, Size } from 'cdk8s';
import {
  BackupRepository,
  MatrixAccounts,
  MatrixApp,
  MatrixBackups,
  MatrixDiscovery,
  MatrixEdge,
  MatrixPostgres,
  MatrixSecrets,
  MatrixSynapse,
  Peer,
  SecretKey,
} from 'oriso-matrix';

const app = new MatrixApp();
const chart = new Chart(app, 'matrix', { namespace: 'matrix', disableResourceNameHashes: true });

// The parts of MatrixChart, put together by hand.
const serverName = 'example.org';
const publicBaseUrl = 'https://matrix.example.org';
const adminUsername = 'keeper-of-example-org';
const secrets = MatrixSecrets.generated().bind(chart, 'Secrets', {
  database: 'synapse',
  user: 'synapse_user',
  adminUsername,
});
const postgres = new MatrixPostgres(chart, 'Postgres', {
  secrets,
  storage: Size.gibibytes(100),
  images: { postgres: 'registry.example.org/postgres:17.11-alpine' },
  parameters: { autovacuum_vacuum_cost_limit: '1000' },
});
const synapse = new MatrixSynapse(chart, 'Synapse', {
  serverName,
  publicBaseUrl,
  postgres,
  secrets,
});
new MatrixBackups(chart, 'Backups', {
  postgres,
  synapse,
  secrets,
  // Off-site. Who makes sets cannot remove any, which the store must be told too.
  backupRepository: BackupRepository.s3({
    endpoint: 'https://s3.example.org',
    bucket: 'matrix-backups',
    appendOnly: true,
    credentials: { accessKeyId: SecretKey.of('backups', 'id'), secretAccessKey: SecretKey.of('backups', 'key') },
    pruneCredentials: { accessKeyId: SecretKey.of('prune', 'id'), secretAccessKey: SecretKey.of('prune', 'key') },
  }),
  backupStorage: Size.gibibytes(150),
  keepDaily: 14,
});
const discovery = new MatrixDiscovery(chart, 'Discovery', {
  sites: [{ serverName, publicBaseUrl }],
  clients: [],
});
const edge = new MatrixEdge(chart, 'Edge', { synapse, discovery });
const accounts = new MatrixAccounts(chart, 'Accounts', {
  homeserver: { host: edge.adminHost, port: edge.adminPort },
  serverName,
  secrets,
  adminUsername,
});

edge.allowAdminFrom(accounts);
edge.allowFrom(Peer.namespace('bots'));
synapse.allowMetricsFrom(Peer.pods({ 'app.kubernetes.io/name': 'prometheus' }, 'monitoring'));

app.synth();
