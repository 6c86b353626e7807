import { type Check, type Finding, fail, ok, warn } from '../check';
import { type BackupState, backupSettings, backupState, lastFailure } from '../facts/backups';
import type { CronJob } from '../facts/pods';
import { ageOf } from '../facts/words';
import type { Situation } from '../situation';

const PAGE = 'docs/operations/backup.md';

/** Whether the last backup is recent. */
export const lastBackup: Check = {
  name: 'backup',
  look: async (situation) => {
    const settings = await backupSettings(situation);
    if (!settings) {
      return [judgeForeign(await situation.objects.all<CronJob>('cronjobs'), situation.now)];
    }
    const { cronJob } = settings.jobs.backup;
    const failed = await lastFailure(situation, cronJob);
    const state = await backupState(situation);
    const run = situation.command(`create job now --from=cronjob/${cronJob}`);
    return state ? judgeBackup(state, failed, situation.now, run, situation.command) : [];
  },
};

/** @param failed name of the last Job, if it failed. @param run command that makes a backup. */
export function judgeBackup(
  { metrics, settings }: BackupState,
  failed: string | undefined,
  now: number,
  run: string,
  command: Situation['command'],
): Finding[] {
  const { maximumAge } = settings.jobs.backup;
  const last = metrics.value('matrix_backup_last_success_timestamp_seconds');
  const age = last === undefined ? undefined : now / 1000 - last;
  const overdue =
    age === undefined ? metrics.value('matrix_backup_problem', { part: 'backup' }) === 1 : age > maximumAge;
  const says = age === undefined ? 'no backup has been made yet' : `the last backup was made ${ageOf(age)} ago`;
  const first = overdue ? fail(`${says}, which is too long`, run) : age === undefined ? warn(says, run) : ok(says);
  return failed
    ? [first, warn(`the last run failed: Job ${failed}`, command(`logs job/${failed} --all-containers`))]
    : [first];
}

/** A system without this project's backups: it may have other ones, such as the original. */
export function judgeForeign(cronJobs: CronJob[], now: number): Finding {
  const found = cronJobs.find(({ metadata }) => metadata.name.includes('backup'));
  if (!found) {
    return fail('nothing here makes backups', PAGE);
  }
  const last = Date.parse(found.status?.lastSuccessfulTime ?? '');
  const when = last ? `last ended well ${ageOf((now - last) / 1000)} ago` : 'has never ended well';
  return warn(`CronJob ${found.metadata.name} ${when}; nothing checks what its backups hold`, PAGE);
}
