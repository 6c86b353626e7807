import { Testing, Yaml } from 'cdk8s';
import {
  BackupRepository,
  Backups,
  Discovery,
  Federation,
  HomeserverConfig,
  MatrixChart,
  Peer,
  Postgres,
} from '../../../lib';

/** Changes that an operator may make. */
export interface Changes {
  readonly homeserver?: Parameters<HomeserverConfig['extend']>[0];
  readonly postgres?: { [parameter: string]: string };
  readonly clientDocument?: { [key: string]: unknown };
  readonly repository?: BackupRepository;
}

/** The manifest of the system of main.ts in another namespace, changed, and without an entry from outside. */
export function changedSystem(namespace: string, changes: Changes): string {
  const chart = new MatrixChart(Testing.app(), 'matrix', {
    namespace,
    serverName: 'caritas.local',
    publicBaseUrl: 'https://matrix.caritas.local',
    postgres: Postgres.inCluster({ parameters: changes.postgres }),
    synapse: {
      config: HomeserverConfig.oriso().extend(changes.homeserver ?? {}),
      federation: Federation.OPEN,
      unauthenticatedMedia: true,
    },
    edge: { allowedAdmins: [Peer.pods({ app: 'userservice' })] },
    discovery: Discovery.served({ extraClientContent: changes.clientDocument }),
    backups: Backups.to(changes.repository ?? BackupRepository.claim()),
  });
  return Yaml.stringify(...chart.toJson());
}
