import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import { k8s } from '../kubernetes/k8s';
import { labelsOf, type WorkloadLabels } from '../kubernetes/metadata/labels';
import { CRON_JOB_NAME_LENGTH } from '../kubernetes/metadata/names';
import { Traffic } from '../kubernetes/network/traffic';
import type { Resources } from '../kubernetes/workloads/resources';
import { ScheduledJob } from '../kubernetes/workloads/scheduled-job';
import type { System } from '../system';
import { renderMigrationAccount } from './migration-account';
import { migrationPod, postgresPod } from './migration-pod';
import { checkSameDatabase, type MigrationParts, migrationSettings } from './migration-settings';
import { programFiles } from './program/program-files';

/** Props of {@link SqliteMigration}. */
export interface SqliteMigrationProps extends MigrationParts {
  /** Requests and limits of each step. @default - 100m CPU, 256Mi memory with a limit of 2Gi */
  readonly resources?: Resources;
}

/** The steps that need the files of the homeserver, in their order; `back` may follow any of them. */
const STEPS = ['preflight', 'copy', 'update', 'port', 'compare', 'back'];

/** Connections of a step to the database. */
const CONNECTIONS = 12;

/**
 * Moves a Synapse that ran on SQLite into the PostgreSQL of a system, on the claim where its files are.
 *
 * Each step is a suspended CronJob, `matrix-migration-…`, that an operator runs as the runbook says. The old database is
 * only read. Synapse does not start on an empty database while this is in the program. Remove it when the move is done.
 *
 * @throws when a file name is not valid, or the homeserver has another database or workers.
 */
@checked
export class SqliteMigration extends Construct {
  private readonly workload: WorkloadLabels;
  private readonly traffic: Traffic;

  constructor(scope: Construct, id: string, props: SqliteMigrationProps) {
    super(scope, id);
    const { system, database, homeserver } = props;
    check(props);
    this.workload = system.labels('matrix-migration', 'migration');
    this.traffic = new Traffic(this, 'Traffic', this.workload);
    this.traffic.allowKubernetesApi();
    this.traffic.allowDns();
    database.allowFrom(this.traffic, CONNECTIONS);
    homeserver._awaitMove();
    renderMigrationAccount(this, this.workload, homeserver, database);
    const { app: name } = this.workload;
    const data = programFiles(migrationSettings(props));
    new k8s.KubeConfigMap(this, 'Program', { metadata: { name, labels: labelsOf(this.workload) }, data });
    for (const step of STEPS) {
      this.renderStep(
        system,
        step,
        migrationPod({ system, database, homeserver, resources: props.resources, name, step }),
      );
    }
    if (database.backup) {
      const { backup } = database;
      this.renderStep(
        system,
        'postgres',
        postgresPod({ system, homeserver, backup, resources: props.resources, name }),
      );
    }
  }

  private renderStep(system: System, step: string, pod: k8s.PodSpec): void {
    const name = system.objectName(`matrix-migration-${step}`, CRON_JOB_NAME_LENGTH);
    // No retries: after a failure an operator should read the message.
    new ScheduledJob(this, step, { workload: this.workload, name, deadline: Duration.hours(24), pod });
  }
}

function check(props: SqliteMigrationProps): void {
  const { homeserver } = props;
  if (homeserver.workerWorkloads.length > 0) {
    throw new Error(
      `homeserver '${homeserver.workloadName}' has workers (${homeserver.workerWorkloads.join(', ')}), which would start while its data is ` +
        'moved: use Workers.none() until the move is done',
    );
  }
  checkSameDatabase(props);
}
