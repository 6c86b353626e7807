import { Chart, Testing, Yaml } from 'cdk8s';
import {
  type BackupRepository,
  Federation,
  HomeserverConfig,
  MatrixBackups,
  MatrixDiscovery,
  MatrixEdge,
  MatrixPostgres,
  MatrixSynapse,
  Peer,
  System,
} from '../../../lib';

/** Changes that an operator may make. */
export interface Changes {
  readonly homeserver?: Parameters<HomeserverConfig['extend']>[0];
  readonly postgres?: { [parameter: string]: string };
  readonly clientDocument?: { [key: string]: unknown };
  readonly repository?: BackupRepository;
}

/** The manifest of the system of main.ts in another namespace, changed. */
export function changedSystem(namespace: string, changes: Changes): string {
  const chart = new Chart(Testing.app(), 'matrix', { namespace, disableResourceNameHashes: true });
  const system = new System(chart, 'System', {
    serverName: 'caritas.local',
    publicBaseUrl: 'https://matrix.caritas.local',
  });
  const database = new MatrixPostgres(chart, 'Postgres', { system, parameters: changes.postgres });
  const homeserver = new MatrixSynapse(chart, 'Synapse', {
    system,
    database,
    config: HomeserverConfig.oriso().extend(changes.homeserver ?? {}),
    federation: Federation.OPEN,
    unauthenticatedMedia: true,
  });
  const discovery = new MatrixDiscovery(chart, 'Discovery', { system, extraClientContent: changes.clientDocument });
  const allowedAdmins = [Peer.pods({ app: 'userservice' })];
  new MatrixEdge(chart, 'Edge', { system, homeserver, discovery, allowedAdmins });
  new MatrixBackups(chart, 'Backups', { system, database, homeserver, repository: changes.repository });
  return Yaml.stringify(...chart.toJson());
}
