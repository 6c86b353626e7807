import { type Fault, scaledAway } from './faults';
import { printedCommand, printedSection } from './runbook';

const POSTGRES = 'kubectl exec matrix-postgres-0 -n caritas -c postgres --';
/** Kills Synapse in its container, where it starts again at once; a scrape sees each start. */
const KILLS = `for i in 1 2 3; do kubectl exec deployment/matrix-synapse -n caritas -c synapse -- sh -c 'kill -9 $(grep -la "[s]ynapse.app.homeserver" /proc/[0-9]*/cmdline | cut -d/ -f3)'; sleep 20; done`;
const SESSIONS = `for i in $(seq 100); do (${POSTGRES} psql -U synapse_user synapse -c 'SELECT pg_sleep(300)' >/dev/null 2>&1 &); done`;
/** One session holds a table that every request with a token reads. */
const LOCK = `(${POSTGRES} psql -U postgres synapse -c 'BEGIN' -c 'LOCK TABLE access_tokens' -c 'SELECT pg_sleep(600)' >/dev/null 2>&1 &); sleep 2`;
const ASK = `for i in $(seq 20); do (curl -s --max-time 300 -H "Authorization: Bearer syt_$i" http://localhost:8008/_matrix/client/v3/account/whoami >/dev/null 2>&1 &); done`;
const UPDATES = 'http://localhost:8008/_synapse/admin/v1/background_updates/enabled';

const backupNow = () => printedSection('operations/backup.md', '## Make a backup now');

/** Faults that take turns, because they disturb one another. The first needs five minutes without errors before it. */
export const NIGHT_FAULTS: Fault[] = [
  {
    alert: 'MatrixUnavailable',
    cause: 'kubectl scale deployment/matrix-synapse --replicas=0 -n caritas',
    remedy: () => printedCommand('runbooks/MatrixSynapseDown.md', 'scale deployment/matrix-synapse'),
  },
  {
    alert: 'MatrixCertificateEnds',
    cause:
      'kubectl create secret tls edge-tls --cert=ending.crt --key=ending.key --dry-run=client -o yaml -n caritas | kubectl apply -f -',
    remedy: () => printedCommand('runbooks/MatrixCertificateEnds.md', 'create secret tls'),
  },
  { alert: 'MatrixBackupOverdue', overdue: 'backup', remedy: backupNow },
  {
    alert: 'MatrixDrillOverdue',
    overdue: 'drill',
    remedy: () =>
      backupNow()
        .replace('cronjob/matrix-backup', 'cronjob/matrix-restore-drill')
        .replace('tools copy store', 'tools fetch recover check'),
  },
  scaledAway('MatrixPostgresDown', 'statefulset/matrix-postgres'),
  scaledAway('MatrixBackupAgentDown', 'deployment/matrix-backup-agent'),
  {
    alert: 'MatrixEdgeDegraded',
    cause: 'kubectl scale deployment/matrix-edge --replicas=1 -n caritas',
    remedy: () => printedCommand('runbooks/MatrixEdgeDown.md', 'scale deployment/matrix-edge'),
  },
  scaledAway('MatrixEdgeDown', 'deployment/matrix-edge'),
  {
    alert: 'MatrixPublicAddress',
    cause: 'kubectl delete ingress matrix-ingress -n caritas',
    remedy: () => printedCommand('runbooks/MatrixPublicAddress.md', 'apply'),
  },
  {
    alert: 'MatrixBackgroundUpdateStuck',
    cause: `curl -sS --fail-with-body -X POST ${UPDATES} -H "Authorization: Bearer $TOKEN" -d '{"enabled": false}'`,
    remedy: () => printedCommand('runbooks/MatrixBackgroundUpdateStuck.md', 'background_updates/enabled'),
  },
  {
    alert: 'MatrixPostgresConnections',
    cause: SESSIONS,
    remedy: () => printedCommand('runbooks/MatrixPostgresConnections.md', 'pg_terminate_backend'),
  },
  {
    alert: 'MatrixDatabasePoolExhausted',
    cause: `${LOCK}; ${ASK}`,
    remedy: () => printedCommand('runbooks/MatrixDatabasePoolExhausted.md', 'pg_terminate_backend'),
  },
  {
    alert: 'MatrixSynapseRestarts',
    cause: KILLS,
    remedy: () => printedCommand('runbooks/MatrixSynapseRestarts.md', 'rollout restart'),
  },
];
