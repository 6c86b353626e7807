import type { BackupOptions } from './backups';
import type { MatrixChartProps } from './matrix-chart-props';

type Names = readonly (keyof MatrixChartProps)[];

const DATABASE: Names = ['database', 'databaseUser', 'databaseStorage'];
const DISCOVERY: Names = ['extraClientContent', 'supportContacts', 'supportPage', 'furtherSites'];
/** As a mapping, so that none can be forgotten. */
const BACKUPS: { readonly [name in keyof Required<BackupOptions>]: true } = {
  backupRepository: true,
  backupStorage: true,
  backupSchedule: true,
  pruneSchedule: true,
  drillSchedule: true,
  dumpSchedule: true,
  checkDays: true,
  recoveryPoint: true,
  withoutLoss: true,
  keepDaily: true,
  keepWeekly: true,
  keepMonthly: true,
};

/**
 * Refuses props of a part that is left out: somebody would rely on them.
 *
 * @throws with the prop, and why it would be for nothing.
 */
export function checkNothingIsInVain(props: MatrixChartProps): void {
  const refuse = (names: Names, why: string) => {
    const given = names.find((name) => props[name] !== undefined && props[name] !== false);
    if (given) {
      throw new Error(`${given} is given, but ${why}, and it would be for nothing: leave one of them out`);
    }
  };
  const backups = Object.keys(BACKUPS) as (keyof BackupOptions)[];
  if (props.postgres) {
    refuse(DATABASE, 'the database is managed elsewhere (postgres)');
    refuse(backups, 'the database is managed elsewhere (postgres) and its backups are its own');
  }
  if (props.withBackups === false) {
    refuse(backups, 'withBackups is false');
  }
  if (props.withAccounts === false) {
    refuse(['adminUsername', 'serviceAccounts'], 'withAccounts is false');
  }
  if (props.withDiscovery === false) {
    refuse(DISCOVERY, 'withDiscovery is false');
  }
}
