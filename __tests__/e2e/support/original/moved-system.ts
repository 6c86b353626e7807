import { Testing, Yaml } from 'cdk8s';
import { Federation, HomeserverConfig, MatrixChart, Peer, SqliteMigration } from '../../../../lib';

/** The manifest that takes the place of the original's, with or without the steps of the move. */
export function movedSystem(namespace: string, moving = true): string {
  const chart = new MatrixChart(Testing.app(), 'matrix', {
    namespace,
    serverName: 'caritas.local',
    publicBaseUrl: 'https://matrix.caritas.local',
    synapse: { config: HomeserverConfig.oriso(), federation: Federation.OPEN, unauthenticatedMedia: true },
    edge: { allowedAdmins: [Peer.pods({ app: 'userservice' }), Peer.pods({ app: 'agencyservice' })] },
  });
  if (moving) {
    new SqliteMigration(chart, 'Migration', {
      system: chart.system,
      database: chart.postgres,
      homeserver: chart.synapse,
    });
  }
  return Yaml.stringify(...chart.toJson());
}
