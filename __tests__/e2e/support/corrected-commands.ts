import { PSQL } from './original-commands';

/** A command of the original that does not work as printed, and the commands that do what it promised. */
export interface CorrectedCommand {
  readonly section: string;
  readonly printed: string;
  readonly wrong: string;
  /** Answer to the printed command, if it is harmless. */
  readonly answers?: RegExp;
  /** Lines of one script. A port-forward stays open until the last one. */
  readonly instead: string[];
}

const POD = 'kubectl exec matrix-postgres-0 -n caritas --';

/** A command through a port-forward to a Service. It retries, because the first try is often too early. */
function through(service: string, ports: string, curl: string): string[] {
  const forward = `kubectl port-forward service/${service} ${ports} -n caritas &`;
  return [forward, `curl --retry 9 --retry-connrefused ${curl}`, 'kill $!'];
}

/** In the original's order. Fill in `<ROOM_ID>` and `<ADMIN_TOKEN>`. `<HOST>` was the server's address. */
export const CORRECTED = {
  deploy: {
    section: 'Quick deploy',
    printed: 'kubectl apply -f matrix-postgres-statefulset.yaml (and seven more)',
    wrong:
      'The objects in the files are not separated, so that only the last of each file is applied, and the database comes before its Secret and claims',
    instead: ['kubectl apply -f dist/'],
  },
  schema: {
    section: 'Initialise the database',
    printed:
      'kubectl exec -i matrix-postgres-0 -n caritas -- psql -U synapse_user synapse < database/matrix-schema-current.sql',
    wrong:
      'The file holds an error message. Synapse creates and migrates its own schema, so there is nothing to import',
    instead: [`${PSQL} -c "SELECT version FROM schema_version;"`],
  },
  restore: {
    section: 'Database operations',
    printed: 'kubectl exec -i matrix-postgres-0 -n caritas -- psql -U synapse_user synapse < matrix-backup.sql',
    wrong:
      'It mixes the dump into the tables of a running system. Restore a dump into an empty database while Synapse is down, and empty the one-time keys, which must not be given out twice',
    instead: [
      'kubectl scale deployment/matrix-synapse --replicas=0 -n caritas',
      'kubectl wait --for=delete pod -l app=matrix-synapse -n caritas --timeout=120s',
      `${POD} psql -U postgres postgres -c "ALTER DATABASE synapse RENAME TO synapse_before;"`,
      `${POD} createdb -U postgres --template=template0 --encoding=UTF8 --locale=C --owner=synapse_user synapse`,
      'kubectl exec -i matrix-postgres-0 -n caritas -- psql -U synapse_user --quiet --single-transaction -v ON_ERROR_STOP=1 synapse < matrix-backup.sql',
      `${PSQL} -c "TRUNCATE e2e_one_time_keys_json;"`,
      'kubectl scale deployment/matrix-synapse --replicas=1 -n caritas',
    ],
  },
  admin: {
    section: 'User management',
    printed: 'curl -X POST "http://<HOST>:8008/_synapse/admin/v1/register" -H "Content-Type: application/json"',
    wrong:
      'The admin API is not reachable from outside, and the command has no body: the API needs a nonce, a name, a password and a MAC made with the shared secret. The tool in the image does all that',
    answers: /M_UNRECOGNIZED/,
    instead: [
      'kubectl exec -it deployment/matrix-synapse -n caritas -- register_new_matrix_user -c /config/homeserver.yaml --user admin --admin',
    ],
  },
  discovery: {
    section: 'Federation does not work',
    printed: 'curl http://<HOST>/.well-known/matrix/server',
    wrong:
      'Plain HTTP is redirected. From outside it is `curl https://caritas.local/.well-known/matrix/server`; within the cluster discovery answers by the Host header',
    instead: through(
      'matrix-discovery',
      '8080:80',
      "-H 'Host: caritas.local' http://localhost:8080/.well-known/matrix/server",
    ),
  },
  federation: {
    section: 'Federation does not work',
    printed: 'curl http://<HOST>:8009/_matrix/federation/v1/version',
    wrong:
      'Only the TLS port is open from outside: `curl https://matrix.caritas.local/_matrix/federation/v1/version`. Port 8009 is open only within the cluster',
    instead: through('matrix-synapse', '8009', 'http://localhost:8009/_matrix/federation/v1/version'),
  },
  versions: {
    section: 'Health checks',
    printed: 'curl http://<HOST>:8008/_matrix/client/versions',
    wrong:
      'As with federation: from outside `curl https://matrix.caritas.local/_matrix/client/versions`, port 8008 is open only within the cluster',
    instead: through('matrix-synapse', '8008', 'http://localhost:8008/_matrix/client/versions'),
  },
  activeUsers: {
    section: 'Health checks',
    printed: `${PSQL} -c "SELECT COUNT(DISTINCT user_id) FROM user_ips WHERE last_seen > NOW() - INTERVAL '1 hour';"`,
    wrong: 'last_seen is a number of milliseconds and not a timestamp',
    answers: /operator does not exist: bigint > timestamp/,
    instead: [
      `${PSQL} -c "SELECT COUNT(DISTINCT user_id) FROM user_ips WHERE last_seen > extract(epoch FROM NOW() - INTERVAL '1 hour') * 1000;"`,
    ],
  },
  metrics: {
    section: 'Performance metrics',
    printed: 'curl http://<HOST>:8008/_synapse/metrics',
    wrong: 'Metrics are not served with the client API: they have their own port, inside the cluster',
    answers: /M_UNRECOGNIZED/,
    instead: [
      'kubectl exec deployment/matrix-synapse -n caritas -- curl --silent http://localhost:9000/_synapse/metrics',
    ],
  },
  cleanUp: {
    section: 'Clean-up, in the original’s further documents',
    printed: `${PSQL} -c "DELETE FROM events …"`,
    wrong:
      'Events are spread over many tables, so deleting rows corrupts the database. Synapse has an API that removes the history of one room up to a time (here: now), for good',
    instead: through(
      'matrix-synapse-admin',
      '8010:8008',
      `-X POST 'http://localhost:8010/_synapse/admin/v1/purge_history/<ROOM_ID>' -H 'Authorization: Bearer <ADMIN_TOKEN>' -H 'Content-Type: application/json' -d '{"delete_local_events": true, "purge_up_to_ts": '$(date +%s000)'}'`,
    ),
  },
} satisfies { [what: string]: CorrectedCommand };
