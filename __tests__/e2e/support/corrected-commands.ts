import { PSQL } from './original-commands';

/** A command of the original that is not right here, most of them on no system, and what does what it promised. */
export interface CorrectedCommand {
  readonly section: string;
  readonly printed: string;
  readonly wrong: string;
  /** What the printed one answers, where it can be run without harm. */
  readonly answers?: RegExp;
  /** Lines of one script: a way into the cluster is open until its last one. */
  readonly instead: string[];
}

const POD = 'kubectl exec matrix-postgres-0 -n caritas --';

/** A command with a way from this machine to a Service; the first try is often too early for it. */
function through(service: string, ports: string, curl: string): string[] {
  const forward = `kubectl port-forward service/${service} ${ports} -n caritas &`;
  return [forward, `curl --retry 9 --retry-connrefused ${curl}`, 'kill $!'];
}

/** In the original's order. `<ROOM_ID>` and `<ADMIN_TOKEN>` are to be filled in; `<HOST>` was the server's address. */
export const CORRECTED = {
  deploy: {
    section: 'Quick deploy',
    printed: 'kubectl apply -f matrix-postgres-statefulset.yaml (and seven more)',
    wrong:
      'The files did not separate their objects, so only the last one of each was applied. The database also came before its Secret and claims',
    instead: ['kubectl apply -f dist/'],
  },
  schema: {
    section: 'Initialise the database',
    printed:
      'kubectl exec -i matrix-postgres-0 -n caritas -- psql -U synapse_user synapse < database/matrix-schema-current.sql',
    wrong:
      'The file held an error message. Synapse makes and migrates its schema itself, so nothing has to be imported',
    instead: [`${PSQL} -c "SELECT version FROM schema_version;"`],
  },
  restore: {
    section: 'Database operations',
    printed: 'kubectl exec -i matrix-postgres-0 -n caritas -- psql -U synapse_user synapse < matrix-backup.sql',
    wrong:
      'It mixes the dump into the tables of a running system. A dump needs an empty database and a stopped Synapse, and one-time keys must not be handed out twice',
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
      'The public address does not serve the admin API, and the request lacks a body: a nonce, a name, a password and a MAC made with the shared secret. The tool in the image sends all of them',
    answers: /M_UNRECOGNIZED/,
    instead: [
      'kubectl exec -it deployment/matrix-synapse -n caritas -- register_new_matrix_user -c /config/homeserver.yaml --user admin --admin',
    ],
  },
  discovery: {
    section: 'Federation does not work',
    printed: 'curl http://<HOST>/.well-known/matrix/server',
    wrong:
      'Plain HTTP is redirected. From outside, use `curl https://caritas.local/.well-known/matrix/server`. Inside the cluster, discovery answers by the Host header',
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
      'From outside, only the TLS port is open: `curl https://matrix.caritas.local/_matrix/federation/v1/version`. Port 8009 is inside the cluster',
    instead: through('matrix-synapse', '8009', 'http://localhost:8009/_matrix/federation/v1/version'),
  },
  versions: {
    section: 'Health checks',
    printed: 'curl http://<HOST>:8008/_matrix/client/versions',
    wrong:
      'From outside, use `curl https://matrix.caritas.local/_matrix/client/versions`. Port 8008 is inside the cluster',
    instead: through('matrix-synapse', '8008', 'http://localhost:8008/_matrix/client/versions'),
  },
  activeUsers: {
    section: 'Health checks',
    printed: `${PSQL} -c "SELECT COUNT(DISTINCT user_id) FROM user_ips WHERE last_seen > NOW() - INTERVAL '1 hour';"`,
    wrong: '`last_seen` is a number of milliseconds, not a timestamp',
    answers: /operator does not exist: bigint > timestamp/,
    instead: [
      `${PSQL} -c "SELECT COUNT(DISTINCT user_id) FROM user_ips WHERE last_seen > extract(epoch FROM NOW() - INTERVAL '1 hour') * 1000;"`,
    ],
  },
  metrics: {
    section: 'Performance metrics',
    printed: 'curl http://<HOST>:8008/_synapse/metrics',
    wrong: 'The client API does not serve metrics. They have a separate port inside the cluster',
    answers: /M_UNRECOGNIZED/,
    instead: [
      'kubectl exec deployment/matrix-synapse -n caritas -- curl --silent http://localhost:9000/_synapse/metrics',
    ],
  },
  cleanUp: {
    section: 'Clean-up, in the original’s further documents',
    printed: `${PSQL} -c "DELETE FROM events …"`,
    wrong:
      'Events span many tables, so this corrupts Synapse. Its API permanently removes the history of one room up to a time (here: now)',
    instead: through(
      'matrix-synapse-admin',
      '8010:8008',
      `-X POST 'http://localhost:8010/_synapse/admin/v1/purge_history/<ROOM_ID>' -H 'Authorization: Bearer <ADMIN_TOKEN>' -H 'Content-Type: application/json' -d '{"delete_local_events": true, "purge_up_to_ts": '$(date +%s000)'}'`,
    ),
  },
} satisfies { [what: string]: CorrectedCommand };
