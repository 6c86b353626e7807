import { type Fault, scaledAway } from './faults';
import { OUTSIDE } from './outside-proxy';
import { printedCommand, printedSection } from './runbook';

const POSTGRES = 'kubectl exec matrix-postgres-0 -n caritas -c postgres --';
/** Kills Synapse in its container, where it starts again at once; a scrape sees each start. */
const KILLS = `for i in 1 2 3; do kubectl exec deployment/matrix-synapse -n caritas -c synapse -- sh -c 'for p in /proc/[0-9]*; do tr "\\0" " " < $p/cmdline | grep -q "^[^ ]* -m [s]tart_main" && kill -9 \${p#/proc/}; done; true'; sleep 20; done`;
const SESSIONS = `for i in $(seq 100); do (${POSTGRES} psql -U synapse_user synapse -c 'SELECT pg_sleep(300)' >/dev/null 2>&1 &); done`;
/** One session holds a table that every request with a token reads. */
const LOCK = `(${POSTGRES} psql -U postgres synapse -c 'BEGIN' -c 'LOCK TABLE access_tokens' -c 'SELECT pg_sleep(600)' >/dev/null 2>&1 &); sleep 2`;
const ASK = `for i in $(seq 20); do (curl -s --max-time 300 -H "Authorization: Bearer syt_$i" http://localhost:8008/_matrix/client/v3/account/whoami >/dev/null 2>&1 &); done`;
const UPDATES = 'http://localhost:8008/_synapse/admin/v1/background_updates/enabled';

/** Damages the large files of the repository, as a disk does. */
const ROT = `kubectl exec deployment/matrix-backup-agent -n caritas -- sh -c 'for pack in $(find /backup/repository/data -size +1M -type f); do chmod u+w $pack; printf broken | dd of=$pack bs=1 seek=4096 conv=notrunc; done'`;
const BALLAST = 'kubectl exec deployment/matrix-backup-agent -n caritas -- fallocate -l 8700M /backup/FILE';
/** The age of a secret in seconds at which it is old here. */
const OLD = 240;
const OLD_SECRETS = `kubectl get prometheusrule matrix-alerts -n caritas -o json | sed 's/ 86400) or absent/ ${OLD}) or absent/' | kubectl replace -f -`;
/** An update whose pod fits on no node, of which Kubernetes says so soon. */
const NO_NODE = '{"spec":{"progressDeadlineSeconds":30,"template":{"spec":{"nodeSelector":{"no":"node"}}}}}';
const BY_NODE_PORT = `kubectl patch service matrix -n caritas -p '{"spec":{"externalName":"${OUTSIDE.app}.matrix-e2e-alerts-prober.svc.cluster.local"}}'; sleep 20`;

const backupNow = () => printedSection('operations/backup.md', '## Make a backup now');

const drillNow = () =>
  backupNow()
    .replace('cronjob/matrix-backup', 'cronjob/matrix-restore-drill')
    .replace('tools copy store', 'tools fetch recover check');
/** The same, of which the result has to be this. */
const drillEnds = (how: 'Complete' | 'Failed') =>
  drillNow().replace(
    'kubectl delete job now',
    `kubectl get job now -n caritas -o json | grep '"type": "${how}"' && kubectl delete job now`,
  );
const rotate = (what: string) =>
  printedSection('how-to/rotate-secrets.md', '## Rotate one secret').replaceAll(
    'rotate-registration',
    `rotate-${what}`,
  );

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
    what: 'of drills that fail',
    first: drillEnds('Complete'),
    cause: `${ROT}; ${drillEnds('Failed')}`,
    remedy: () =>
      [
        printedSection('operations/damaged-repository.md', '## Find and repair the damage'),
        backupNow(),
        drillEnds('Complete'),
      ].join('\n'),
  },
  {
    alert: 'MatrixBackupVolumeFull',
    cause: BALLAST,
    remedy: () => printedCommand('runbooks/MatrixBackupVolumeFull.md', ' rm '),
  },
  scaledAway('MatrixPostgresDown', 'statefulset/matrix-postgres'),
  scaledAway('MatrixBackupAgentDown', 'deployment/matrix-backup-agent'),
  {
    alert: 'MatrixEdgeDegraded',
    cause: 'kubectl scale deployment/matrix-edge --replicas=1 -n caritas',
    remedy: () => printedCommand('runbooks/MatrixEdgeDown.md', 'scale deployment/matrix-edge'),
  },
  scaledAway('MatrixEdgeDown', 'deployment/matrix-edge'),
  scaledAway('MatrixSyntheticUserDown', 'deployment/matrix-synthetic-user'),
  {
    alert: 'MatrixPublicAddress',
    cause: 'kubectl delete ingress matrix-ingress -n caritas',
    remedy: () => printedCommand('runbooks/MatrixPublicAddress.md', 'apply -f'),
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
  {
    alert: 'MatrixSynapseUpdateStuck',
    cause: `kubectl patch deployment matrix-synapse -n caritas -p '${NO_NODE}'`,
    remedy: () => printedCommand('runbooks/MatrixSynapseUpdateStuck.md', 'rollout undo'),
  },
  {
    alert: 'MatrixSecretOld',
    cause: OLD_SECRETS,
    remedy: () => ['registration', 'database', 'macaroon'].map(rotate).join('\n'),
  },
  {
    alert: 'MatrixPublicAddress',
    what: 'where the node port is closed that a proxy leads to',
    first: BY_NODE_PORT,
    cause: `kubectl patch service matrix-synapse -n caritas -p '{"spec":{"type":"ClusterIP"}}'`,
    remedy: () => printedCommand('runbooks/MatrixPublicAddress.md', 'apply -l'),
  },
];
