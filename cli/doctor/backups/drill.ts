import { type Check, type Finding, fail, ok, warn } from '../check';
import { type BackupState, backupState, lastFailure } from '../facts/backups';
import type { KubeObject } from '../facts/objects';
import { ageOf } from '../facts/words';

/** Annotation with the sentence of the last drill. */
const ANNOTATION = 'oriso-matrix/last-drill';

/** Whether the last backup that was restored for proof is recent. */
export const drill: Check = {
  name: 'drill',
  look: async (situation) => {
    const state = await backupState(situation);
    if (!state) {
      return [warn('no drill restores backups to prove them', 'docs/operations/backup.md')];
    }
    const { cronJob } = state.settings.jobs.drill;
    const failed = await lastFailure(situation, cronJob);
    const annotations = (await situation.objects.get<KubeObject>('cronjobs', cronJob))?.metadata.annotations;
    return [
      judgeDrill(state, failed, annotations?.[ANNOTATION], situation.now, {
        run: situation.command(`create job drill --from=cronjob/${cronJob}`),
        read: situation.command(`logs job/${failed} --all-containers`),
      }),
    ];
  },
};

/** @param failed name of the last Job, if it failed. @param told sentence of the last drill that succeeded. */
export function judgeDrill(
  { metrics, settings }: BackupState,
  failed: string | undefined,
  told: string | undefined,
  now: number,
  commands: { run: string; read: string },
): Finding {
  const last = metrics.value('matrix_drill_last_success_timestamp_seconds');
  const age = last === undefined ? undefined : now / 1000 - last;
  if (failed) {
    return fail(`the last restore drill failed: Job ${failed}`, commands.read);
  }
  if (age === undefined) {
    const overdue = metrics.value('matrix_backup_problem', { part: 'drill' }) === 1;
    return (overdue ? fail : warn)('no restore drill has succeeded yet', commands.run);
  }
  return age > settings.jobs.drill.maximumAge
    ? fail(`the last restore drill succeeded ${ageOf(age)} ago, which is too long`, commands.run)
    : ok(told ?? `the last restore drill succeeded ${ageOf(age)} ago`);
}
