import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import { k8s } from '../kubernetes/k8s';
import { labelsOf, type WorkloadLabels } from '../kubernetes/metadata/labels';
import { CRON_JOB_NAME_LENGTH } from '../kubernetes/metadata/names';
import { Traffic } from '../kubernetes/network/traffic';
import type { Resources } from '../kubernetes/workloads/resources';
import { ScheduledJob } from '../kubernetes/workloads/scheduled-job';
import { WorkloadAccount } from '../kubernetes/workloads/workload-account';
import type { IMatrixDatabase } from '../postgres/database';
import type { IMatrixHomeserver } from '../synapse/homeserver';
import type { System } from '../system';
import { migrationPod, postgresPod } from './migration-pod';
import { checkedFile, type MigrationSource } from './migration-source';
import { programFiles } from './program/program-files';

/** Props of {@link SqliteMigration}. */
export interface SqliteMigrationProps extends MigrationSource {
  /** The system whose homeserver takes the old one's place. */
  readonly system: System;
  /** The database that the data is moved into. */
  readonly database: IMatrixDatabase;
  /** The homeserver that runs on it afterwards, on whose claim the old server's files are. */
  readonly homeserver: IMatrixHomeserver;
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
 * only read. Remove the construct when the move is done.
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
    this.grantRights(props);
    const { app: name } = this.workload;
    const data = programFiles(settingsOf(props));
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

  /** To check that nothing else writes. */
  private grantRights({ homeserver, database }: SqliteMigrationProps): void {
    const account = new WorkloadAccount(this, 'Account', this.workload);
    account.allow(['get'], { apiGroup: 'apps', resourceType: 'deployments' }, homeserver.workloadName);
    if (database.backup) {
      account.allow(['get'], { apiGroup: 'apps', resourceType: 'statefulsets' }, database.backup.workloadName);
    }
    account.allow(['list'], { apiGroup: '', resourceType: 'pods' });
  }

  private renderStep(system: System, step: string, pod: k8s.PodSpec): void {
    const name = system.objectName(`matrix-migration-${step}`, CRON_JOB_NAME_LENGTH);
    // No retries: after a failure an operator should read the message.
    new ScheduledJob(this, step, { workload: this.workload, name, deadline: Duration.hours(24), pod });
  }
}

function settingsOf({ system, database, homeserver, sqlite, signingKey }: SqliteMigrationProps) {
  return {
    server_name: system.serverName,
    synapse: homeserver.workloadName,
    database: database.backup?.workloadName ?? null,
    sqlite: checkedFile('sqlite', sqlite ?? 'homeserver.db'),
    signing_key: checkedFile('signingKey', signingKey ?? `${system.serverName.replace(/[[\]]/g, '')}.signing.key`),
    media_store: 'media_store',
    signing_key_secret: homeserver.signingKey.secretName,
    prefix: system.namePrefix,
  };
}

function check({ database, homeserver }: SqliteMigrationProps): void {
  if (homeserver.workerWorkloads.length > 0) {
    throw new Error(
      `homeserver '${homeserver.workloadName}' has workers (${homeserver.workerWorkloads.join(', ')}), which would start while its data is ` +
        'moved: use Workers.none() until the move is done',
    );
  }
  if (homeserver.databaseKey !== database.databaseKey) {
    throw new Error(
      `homeserver '${homeserver.workloadName}' writes to database '${homeserver.databaseKey}', not to '${database.databaseKey}': use ` +
        'the database that it writes to',
    );
  }
}
