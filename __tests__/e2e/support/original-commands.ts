import { SPOKEN } from './spoken';

/** A command of the original README that works as printed. */
export interface WorkingCommand {
  readonly section: string;
  readonly command: string;
  /** Input for a command that waits for it. */
  readonly input?: string;
  /** Output on a system with two users and one room. Without it, the command has its own test. */
  readonly prints?: RegExp;
}

/** psql in the pod of the database. */
export const PSQL = 'kubectl exec matrix-postgres-0 -n caritas -- psql -U synapse_user synapse';

/** So many lines of Synapse's log. */
const linesOfLog = (count: number) => new RegExp(`^((\\{"log":.*\\}|${SPOKEN.source.slice(1)}.*)\n){${count}}$`);

/** The commands as printed, in their order. */
export const WORKING: WorkingCommand[] = [
  {
    section: 'Deployment',
    command: 'kubectl wait --for=condition=ready pod -l app=matrix-postgres -n caritas --timeout=120s',
    prints: /matrix-postgres-0 condition met/,
  },
  {
    section: 'Deployment, Check status',
    command: 'kubectl get pods -n caritas | grep matrix',
    prints: /^matrix-postgres-0 +2\/2 +Running[\s\S]*^matrix-synapse-\S+ +1\/1 +Running/m,
  },
  {
    section: 'Check status',
    command: 'kubectl logs -n caritas -l app=matrix-synapse --tail=50',
    prints: linesOfLog(50),
  },
  {
    section: 'Check status',
    command: 'kubectl logs -n caritas matrix-postgres-0 --tail=50',
    prints: /database system is ready to accept connections/,
  },
  {
    section: 'Check status',
    command: 'kubectl exec -it matrix-postgres-0 -n caritas -- psql -U synapse_user synapse',
    input: 'SELECT current_user;\n\\q\n',
    prints: /^ +synapse_user$/m,
  },
  { section: 'Restart services', command: 'kubectl rollout restart deployment/matrix-synapse -n caritas' },
  { section: 'Restart services', command: 'kubectl rollout restart deployment/matrix-discovery -n caritas' },
  { section: 'Restart services', command: 'kubectl delete pod matrix-postgres-0 -n caritas' },
  {
    section: 'Database operations',
    command:
      'kubectl exec matrix-postgres-0 -n caritas -- pg_dump -U synapse_user synapse > matrix-backup-$(date +%Y%m%d).sql',
  },
  {
    section: 'Database operations',
    command: `${PSQL} -c "SELECT pg_size_pretty(pg_database_size('synapse'));"`,
    prints: /^ +\d+ (kB|MB)$/m,
  },
  { section: 'Database operations', command: `${PSQL} -c "SELECT COUNT(*) FROM users;"`, prints: /^ +3$/m },
  { section: 'Database operations', command: `${PSQL} -c "SELECT COUNT(*) FROM rooms;"`, prints: /^ +1$/m },
  {
    section: 'User management',
    command: `${PSQL} -c "SELECT name, admin, deactivated FROM users LIMIT 20;"`,
    prints: /^ @ops:caritas\.local +\| +1 \| +0$[\s\S]*^\(3 rows\)$/m,
  },
  {
    section: 'Synapse does not start',
    command: 'kubectl logs -n caritas -l app=matrix-synapse --tail=100',
    prints: linesOfLog(100),
  },
  {
    section: 'Synapse does not start',
    command: 'kubectl get configmap matrix-homeserver-oidc -n caritas -o yaml',
    prints: /server_name: caritas\.local/,
  },
  {
    section: 'Synapse does not start',
    command: 'kubectl exec -it matrix-postgres-0 -n caritas -- psql -U synapse_user synapse -c "SELECT 1;"',
    prints: /^ +1$/m,
  },
  {
    section: 'Database issues, Health checks',
    command: 'kubectl exec matrix-postgres-0 -n caritas -- pg_isready',
    prints: /accepting connections/,
  },
  {
    section: 'Database issues',
    command: 'kubectl exec matrix-postgres-0 -n caritas -- df -h',
    prints: /^Filesystem +Size +Used[\s\S]*\d+% \//m,
  },
  { section: 'Database issues', command: `${PSQL} -c "SELECT count(*) FROM pg_stat_activity;"`, prints: /^ +\d+$/m },
  {
    section: 'Federation does not work',
    command: 'kubectl logs -n caritas -l app=matrix-discovery',
    prints: /"path":"\/\.well-known\/matrix\/server","status":"200"/,
  },
  {
    section: 'Performance metrics',
    command: `${PSQL} -c "SELECT relname, pg_size_pretty(pg_total_relation_size(relid)) FROM pg_catalog.pg_statio_user_tables ORDER BY pg_total_relation_size(relid) DESC LIMIT 10;"`,
    prints: /\(10 rows\)/,
  },
];
