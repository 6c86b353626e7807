import type { Construct } from 'constructs';
import type { WorkloadLabels } from '../kubernetes/metadata/labels';
import { WorkloadAccount } from '../kubernetes/workloads/workload-account';
import type { IMatrixDatabase } from '../postgres/database';
import type { IMatrixHomeserver } from '../synapse/homeserver';

/** A service account that may look whether something else writes, and do nothing. */
export function renderMigrationAccount(
  scope: Construct,
  workload: WorkloadLabels,
  homeserver: IMatrixHomeserver,
  database: IMatrixDatabase,
): void {
  const account = new WorkloadAccount(scope, 'Account', workload);
  account.allow(['get'], { apiGroup: 'apps', resourceType: 'deployments' }, homeserver.workloadName);
  if (database.backup) {
    account.allow(['get'], { apiGroup: 'apps', resourceType: 'statefulsets' }, database.backup.workloadName);
  }
  account.allow(['list'], { apiGroup: '', resourceType: 'pods' });
}
