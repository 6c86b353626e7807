import { AGENT_PORT } from '../../../lib/backups/program/program-settings';
import type { Situation } from '../situation';
import type { ConfigMap } from './homeserver';
import { Metrics } from './metrics';
import { hasFailed, type Job, type Workload } from './pods';

/** What the doctor reads of the settings of the backups. */
export interface BackupSettings {
  readonly recoveryPointObjective: number;
  readonly jobs: { readonly [part: string]: { readonly cronJob: string; readonly maximumAge: number } };
}

/** What the agent tells about the backups, and what it should watch. */
export interface BackupState {
  readonly metrics: Metrics;
  readonly settings: BackupSettings;
}

/** The settings of the backups; undefined for a system without this project's backups. */
export async function backupSettings({ objects, name }: Situation): Promise<BackupSettings | undefined> {
  if (!(await objects.get<Workload>('deployments', name('matrix-backup-agent')))) {
    return undefined;
  }
  const text = (await objects.get<ConfigMap>('configmaps', name('matrix-backup-script')))?.data?.['settings.json'];
  return text === undefined ? undefined : JSON.parse(text);
}

/** The state of the backups; undefined without backups. @throws CannotLook when the agent does not answer. */
export async function backupState(situation: Situation): Promise<BackupState | undefined> {
  const settings = await backupSettings(situation);
  if (!settings) {
    return undefined;
  }
  return { settings, metrics: await agentMetrics(situation) };
}

/** What the agent measures. @throws CannotLook when it does not answer. */
export async function agentMetrics(situation: Situation): Promise<Metrics> {
  return new Metrics((await situation.inside.ask(agentOf(situation), AGENT_PORT, '/metrics')).body);
}

/** The agent, for kubectl. */
export const agentOf = ({ name }: Situation): string => `deployment/${name('matrix-backup-agent')}`;

/** The newest Job of a CronJob, if it failed. */
export async function lastFailure({ objects }: Situation, cronJob: string): Promise<string | undefined> {
  const all = await objects.all<Job>('jobs');
  const [last] = all
    .filter(({ metadata }) => metadata.ownerReferences?.some(({ name }) => name === cronJob))
    .sort((a, b) => Date.parse(b.metadata.creationTimestamp) - Date.parse(a.metadata.creationTimestamp));
  return last && hasFailed(last) ? last.metadata.name : undefined;
}
