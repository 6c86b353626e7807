import { Chart, Testing, Yaml } from 'cdk8s';
import {
  type BackupRepository,
  Federation,
  HomeserverConfig,
  MatrixBackups,
  MatrixDiscovery,
  MatrixEdge,
  MatrixPostgres,
  MatrixSecrets,
  MatrixSynapse,
  Peer,
} from '../../../lib';

/** What an operator may want to change. */
export interface Changes {
  readonly homeserver?: Parameters<HomeserverConfig['extend']>[0];
  readonly postgres?: { [parameter: string]: string };
  readonly clientDocument?: { [key: string]: unknown };
  readonly backupRepository?: BackupRepository;
}

/** The manifest of the system of main.ts in another namespace, changed. */
export function changedSystem(namespace: string, changes: Changes): string {
  const chart = new Chart(Testing.app(), 'matrix', { namespace, disableResourceNameHashes: true });
  const serverName = 'caritas.local';
  const publicBaseUrl = 'https://matrix.caritas.local';
  const secrets = MatrixSecrets.generated().bind(chart, 'Secrets', {
    database: 'synapse',
    user: 'synapse_user',
    adminUsername: 'matrix-admin',
  });
  const postgres = new MatrixPostgres(chart, 'Postgres', {
    secrets,
    parameters: changes.postgres,
  });
  const synapse = new MatrixSynapse(chart, 'Synapse', {
    serverName,
    publicBaseUrl,
    postgres,
    secrets,
    config: HomeserverConfig.platform().extend(changes.homeserver ?? {}),
    federation: Federation.OPEN,
    unauthenticatedMedia: true,
  });
  const discovery = new MatrixDiscovery(chart, 'Discovery', {
    sites: [{ serverName, publicBaseUrl, extraClientContent: changes.clientDocument }],
  });
  new MatrixEdge(chart, 'Edge', { synapse, discovery, admins: [Peer.pods({ app: 'userservice' })] });
  const { backupRepository } = changes;
  new MatrixBackups(chart, 'Backups', { postgres, synapse, secrets, backupRepository });
  return Yaml.stringify(...chart.toJson());
}
