import { BACKUPS_PANELS } from '../../lib/backups/monitored/panels';
import { LIVEKIT_PANELS } from '../../lib/calls/livekit/monitored/panels';
import { TOKEN_SERVICE_PANELS } from '../../lib/calls/token-service/monitored/panels';
import { EDGE_PANELS } from '../../lib/edge/monitored/panels';
import { CLUSTER_PANELS } from '../../lib/postgres/cloud-native-pg/monitored/panels';
import { POSTGRES_PANELS } from '../../lib/postgres/in-cluster/exporter/panels';
import { SYNAPSE_PANELS } from '../../lib/synapse/monitored/panels';
import { SYNTHETIC_USER_PANELS } from '../../lib/synthetic-user/monitored/panels';
import { dashboard } from './dashboard';
import { OVERVIEW } from './overview';

/** Every dashboard by name: the overview, and one for each part with metrics. */
export function dashboards(): { [name: string]: string } {
  return {
    overview: dashboard('overview', 'Matrix: overview', OVERVIEW),
    synapse: dashboard('synapse', 'Matrix: Synapse', [{ title: 'Synapse', panels: SYNAPSE_PANELS }]),
    edge: dashboard('edge', 'Matrix: proxies', [{ title: 'Proxies', panels: EDGE_PANELS }]),
    postgres: dashboard('postgres', 'Matrix: PostgreSQL', [{ title: 'PostgreSQL', panels: POSTGRES_PANELS }]),
    database: dashboard('database', 'Matrix: replicated database', [
      { title: 'Replicated database', panels: CLUSTER_PANELS },
    ]),
    backups: dashboard('backups', 'Matrix: backups and drills', [
      { title: 'Backups and drills', panels: BACKUPS_PANELS },
    ]),
    calls: dashboard('calls', 'Matrix: calls', [{ title: 'Calls', panels: LIVEKIT_PANELS }]),
    'call-tokens': dashboard('call-tokens', 'Matrix: tokens of calls', [
      { title: 'Tokens of calls', panels: TOKEN_SERVICE_PANELS },
    ]),
    'synthetic-user': dashboard('synthetic-user', 'Matrix: synthetic user', [
      { title: 'Synthetic user', panels: SYNTHETIC_USER_PANELS },
    ]),
  };
}
