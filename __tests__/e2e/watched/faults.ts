import { printedCommand } from './runbook';
import { PATIENCE, type WatchedSystem } from './watched-system';

/** A way to cause an alert, and the commands of its runbook that end it. */
export interface Fault {
  readonly alert: string;
  /** What the title says beside the alert. @default - nothing */
  readonly what?: string;
  /** Commands that come first, while everything is well. @default - none */
  readonly first?: string;
  /** What goes wrong, as commands. @default - every new system has it */
  readonly cause?: string;
  /** Job that is to be overdue. @default - none */
  readonly overdue?: string;
  /** Returns the commands of the documentation that end it, as they are printed. */
  readonly remedy: () => string;
}

const scale = (what: string, replicas: number) => `kubectl scale ${what} --replicas=${replicas} -n caritas`;

/** A workload that is scaled to 0, as someone does for a moment and forgets. */
export function scaledAway(alert: string, workload: string, page = alert): Fault {
  return { alert, cause: scale(workload, 0), remedy: () => printedCommand(`runbooks/${page}.md`, `scale ${workload}`) };
}

const POSTGRES = 'kubectl exec matrix-postgres-0 -n caritas -c postgres --';
/** Archived at once, where the archive takes it. */
const SEGMENT = `psql -U postgres -c "SELECT pg_logical_emit_message(true, '', '')" -c "SELECT pg_switch_wal()"`;

/** Faults that do not disturb one another. */
export const FAULTS: Fault[] = [
  scaledAway('MatrixSynapseDown', 'deployment/matrix-synapse'),
  scaledAway('MatrixWellKnown', 'deployment/matrix-discovery', 'MatrixDiscoveryFailing'),
  {
    alert: 'MatrixPostgresArchiveBlocked',
    cause: `${POSTGRES} chmod 000 /backup/wal; ${POSTGRES} ${SEGMENT}`,
    remedy: () => printedCommand('runbooks/MatrixPostgresArchiveBlocked.md', 'chmod'),
  },
  {
    alert: 'MatrixBackupPasswordNotEscrowed',
    remedy: () => printedCommand('operations/backup.md', 'escrowed'),
  },
];

/** What a fault is caused in. */
type Watched = Pick<WatchedSystem, 'system' | 'prometheus' | 'shell' | 'rules'>;

/** Causes a fault, waits for its alert, and says how long that took. */
export async function arrival(watched: Watched, { alert, cause, overdue }: Fault): Promise<string> {
  const { system, prometheus, shell, rules } = watched;
  const began = Date.now() / 1000;
  await shell.ok(cause ?? 'true');
  // What is overdue was also overdue before, and ended.
  const since = cause || overdue ? began : 0;
  const { receivedAt, annotations } = await prometheus.arrived(system.namespace, alert, 'firing', since);
  if (!annotations.runbook_url.endsWith(`/${alert}.md`) || /\{\{|<error/.test(annotations.description)) {
    throw new Error(`${alert} says ${JSON.stringify(annotations)}`);
  }
  if (!cause) {
    return `${alert}: had arrived`;
  }
  const took = Math.round(receivedAt - began);
  const own = Number.parseInt(rules.find((rule) => rule.alert === alert)?.for ?? '0', 10);
  return `${alert}: at the receiver ${took} s after the fault; with its own patience ${took - PATIENCE + own} s`;
}
