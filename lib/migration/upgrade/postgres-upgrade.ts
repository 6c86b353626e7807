import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { checked } from '../../kubernetes/checks/checked';
import { fileBeside } from '../../kubernetes/files';
import { k8s } from '../../kubernetes/k8s';
import { labelsOf, type WorkloadLabels } from '../../kubernetes/metadata/labels';
import { CRON_JOB_NAME_LENGTH } from '../../kubernetes/metadata/names';
import { Traffic } from '../../kubernetes/network/traffic';
import { ScheduledJob } from '../../kubernetes/workloads/scheduled-job';
import type { IBaseBackup, IMatrixDatabase } from '../../postgres/database';
import type { IMatrixHomeserver } from '../../synapse/homeserver';
import type { System } from '../../system';
import { renderMigrationAccount } from '../migration-account';
import { checkSameDatabase, migrationSettings } from '../migration-settings';
import { programFiles } from '../program/program-files';
import { OLD_SERVER, upgradePod } from './upgrade-pod';

/** Props of {@link PostgresUpgrade}. */
export interface PostgresUpgradeProps {
  /** The system that the database belongs to. */
  readonly system: System;
  /** The database, in the cluster. */
  readonly database: IMatrixDatabase;
  /** The homeserver that writes to it. */
  readonly homeserver: IMatrixHomeserver;
  /** Image that made the data on the claim, such as `docker.io/library/postgres:15-alpine`. */
  readonly oldImage: string;
  /** User that owns the old data. Images on Debian have 999. @default 70, as in images on Alpine */
  readonly oldUid?: number;
  /** Superuser of the old server. @default - `postgres`, the user or the name of the database, whichever there is */
  readonly oldUser?: string;
}

const FILES = ['old-server.sh', 'old-hba.conf', 'upgrade.sh', 'servers.sh', 'facts.sql'];

/**
 * Moves the database in the cluster to another major version of PostgreSQL, by dump and load on its claim.
 *
 * `matrix-postgres-upgrade` is a suspended CronJob that an operator runs as the runbook says; `…-undo` puts the old data
 * back. All values are compared before the new database takes the place of the old one, which is kept. Remove the
 * construct afterwards.
 *
 * @throws when the database is managed elsewhere or is not the homeserver's, or `oldUser` is not valid.
 */
@checked
export class PostgresUpgrade extends Construct {
  private readonly workload: WorkloadLabels;

  constructor(scope: Construct, id: string, props: PostgresUpgradeProps) {
    super(scope, id);
    const { system, database, homeserver } = props;
    checkSameDatabase(props);
    const backup = inCluster(database);
    checkUser(props.oldUser);
    this.workload = system.labels('matrix-postgres-upgrade', 'migration');
    const traffic = new Traffic(this, 'Traffic', this.workload);
    traffic.allowKubernetesApi();
    traffic.allowDns();
    renderMigrationAccount(this, this.workload, homeserver, database);
    this.renderProgram(props);
    for (const action of ['upgrade', 'undo']) {
      this.renderJob(props, backup, action);
    }
  }

  private renderProgram(props: PostgresUpgradeProps): void {
    const { app: name } = this.workload;
    const scripts = Object.fromEntries(FILES.map((file) => [file, fileBeside(__dirname, file)]));
    const data = { ...programFiles(migrationSettings(props)), ...scripts };
    new k8s.KubeConfigMap(this, 'Program', { metadata: { name, labels: labelsOf(this.workload) }, data });
  }

  private renderJob(props: PostgresUpgradeProps, backup: IBaseBackup, action: string): void {
    const base = 'matrix-postgres-upgrade';
    const name = props.system.objectName(action === 'undo' ? `${base}-undo` : base, CRON_JOB_NAME_LENGTH);
    const pod = upgradePod({ ...props, backup, action, name: this.workload.app });
    // No retries: after a failure an operator should read the message.
    new ScheduledJob(this, action, {
      workload: this.workload,
      name,
      deadline: Duration.hours(24),
      pod,
      sidecars: action === 'undo' ? [] : [OLD_SERVER],
    });
  }
}

function checkUser(name = 'postgres'): void {
  if (!/^[A-Za-z_][\w-]{0,62}$/.test(name)) {
    throw new Error(
      `oldUser '${name}' is not a valid name: use the superuser of the old server, which POSTGRES_USER named, such as 'postgres'`,
    );
  }
}

function inCluster({ backup, host }: IMatrixDatabase): IBaseBackup {
  if (!backup) {
    throw new Error(
      `database at '${host}' is not one of Postgres.inCluster, so its owner upgrades it: use what its provider or operator has for that`,
    );
  }
  return backup;
}
