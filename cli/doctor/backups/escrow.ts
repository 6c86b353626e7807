import { type Check, type Finding, ok, warn } from '../check';
import { backupState } from '../facts/backups';

const SAVE = 'docs/operations/backup.md#save-the-backup-password';

/** Whether the backup password is confirmed to be saved outside the cluster. */
export const escrow: Check = {
  name: 'escrow',
  look: async (situation) => {
    const state = await backupState(situation);
    return state ? judgeEscrow(state.metrics.value('matrix_backup_password_escrowed')) : [];
  },
};

/** @param escrowed 1 if it is confirmed. */
export function judgeEscrow(escrowed: number | undefined): Finding[] {
  return escrowed === 1
    ? [ok('the backup password is confirmed to be saved elsewhere')]
    : [
        warn(
          'it is not confirmed that the backup password is saved elsewhere: backups cannot be opened without it',
          SAVE,
        ),
      ];
}
