import { Construct } from 'constructs';
import type { k8s } from '../../kubernetes/k8s';
import type { Identity } from '../../kubernetes/metadata/labels';
import type { IPeer } from '../../kubernetes/network/peer';
import { Traffic } from '../../kubernetes/network/traffic';
import { renderCronJob } from '../../kubernetes/workloads/scheduled-job';
import type { BackupSchedules } from '../backup-schedules';
import type { Retention } from '../retention';
import type { BackupContext } from './backup-context';
import { backupPod, dumpPod, repositoryPod } from './backup-pod';

/** Names of the jobs, prefix included. */
export interface JobNames {
  readonly backup: string;
  readonly prune: string;
  readonly dump: string;
  readonly verify: string;
  readonly list: string;
}

/** What the jobs are besides {@link BackupContext}. */
export interface JobsProps {
  readonly names: JobNames;
  readonly schedules: BackupSchedules;
  readonly retention: Retention;
  /** In how many days everything in the repository is read once. */
  readonly checkDays: number;
}

const HOUR = 3600;

/** The jobs that make sets, forget them, copy the database as text, read everything, and list what there is. */
export function renderJobs(scope: Construct, context: BackupContext, props: JobsProps): void {
  const { names, schedules, retention, checkDays } = props;
  const database = (peer: IPeer) => context.postgres.allowFrom(peer, 3);
  const job = (id: string, name: string, component: string, pod: k8s.PodSpec, more: JobOptions) =>
    renderJob(scope, id, { app: name, component, namePrefix: context.namePrefix }, context, pod, more);
  const keep = {
    KEEP_DAILY: retention.keepDaily,
    KEEP_WEEKLY: retention.keepWeekly,
    KEEP_MONTHLY: retention.keepMonthly,
    CHECK_DAYS: checkDays,
  };
  const env = Object.entries(keep).map(([name, value]) => ({ name, value: String(value) }));
  job('Backup', names.backup, 'backup', backupPod(context), {
    schedule: schedules.backup,
    deadline: 6 * HOUR,
    retries: 1,
    declare: database,
  });
  job('Prune', names.prune, 'backup-prune', repositoryPod(context, 'prune', 'prune.py', env, true), {
    schedule: schedules.prune,
    deadline: 12 * HOUR,
    prune: true,
  });
  job('Dump', names.dump, 'backup-dump', dumpPod(context), {
    schedule: schedules.dump,
    deadline: 6 * HOUR,
    declare: database,
  });
  job('Verify', names.verify, 'backup-verify', repositoryPod(context, 'verify', 'verify.py'), { deadline: 24 * HOUR });
  job('List', names.list, 'backup-list', repositoryPod(context, 'list', 'list-sets.py'), { deadline: HOUR });
}

interface JobOptions {
  readonly schedule?: string;
  readonly deadline: number;
  readonly retries?: number;
  /** Whether it uses the credentials that may remove sets. */
  readonly prune?: boolean;
  /** Declares what it connects to besides the repository. */
  readonly declare?: (peer: IPeer) => void;
}

function renderJob(
  scope: Construct,
  id: string,
  identity: Identity,
  { repository }: BackupContext,
  pod: k8s.PodSpec,
  { prune, declare, ...rest }: JobOptions,
): void {
  const group = new Construct(scope, id);
  const traffic = new Traffic(group, 'Traffic', identity);
  if (declare) {
    traffic.allowDns();
    declare(traffic);
  }
  repository.allowFrom(traffic, prune);
  renderCronJob(group, 'Default', { identity, pod, ...rest });
}
