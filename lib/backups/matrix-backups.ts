import { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import { reserve } from '../kubernetes/checks/reserve';
import { k8s } from '../kubernetes/k8s';
import { labelsOf } from '../kubernetes/metadata/labels';
import type { IPeer } from '../kubernetes/network/peer';
import { VolumeClaim } from '../kubernetes/workloads/volume-claim';
import type { IMonitored, Monitored } from '../monitoring/monitored';
import { BackupAgent } from './agent/backup-agent';
import { BackupFacts } from './backup-facts';
import type { BackupOptions, BackupsContext } from './backup-options';
import { type BackupPlan, checkedPlan } from './backup-plan';
import { backupClaimSize } from './claim-size';
import { BackupJob } from './jobs/backup-job';
import { drillFiles } from './jobs/drill/drill-files';
import { DrillJob } from './jobs/drill/drill-job';
import { DumpJob } from './jobs/dump-job';
import { ListJob } from './jobs/list-job';
import { PruneJob } from './jobs/prune-job';
import { RestoreJob } from './jobs/restore-job';
import { VerifyJob } from './jobs/verify-job';
import { programFiles } from './program/program';
import { type ProgramSettings, programSettings } from './program/program-settings';
import { BackupRepository } from './repository/backup-repository';

/** Props of {@link MatrixBackups}. */
export interface MatrixBackupsProps extends BackupsContext, BackupOptions {
  /** The repository that backups are stored in. @default BackupRepository.claim() */
  readonly repository?: BackupRepository;
}

/**
 * Encrypted backups of the whole system, a restore job, and a weekly restore drill.
 *
 * Store the password of the repository, in Secret `matrix-backup-secret`, outside the cluster too: without it no
 * backup can be opened.
 *
 * @see https://www.postgresql.org/docs/17/continuous-archiving.html
 */
@checked
export class MatrixBackups extends Construct implements IMonitored {
  /** Claim with the WAL that is not uploaded yet, and by default with the repository. */
  public readonly claimName: string;
  private readonly facts: BackupFacts;
  private readonly plan: BackupPlan;
  private readonly agent: BackupAgent;

  constructor(scope: Construct, id: string, props: MatrixBackupsProps) {
    super(scope, id);
    this.facts = new BackupFacts(props, props.repository ?? BackupRepository.claim());
    this.plan = checkedPlan(props, this.facts.managed);
    this.claimName = this.facts.claimName;
    this.check(props);
    this.placeData();
    this.renderStorage(props);
    const settings = programSettings(this.facts, this.plan);
    const program = this.renderProgram(settings);
    this.renderJobs();
    this.agent = new BackupAgent(this, 'Agent', { facts: this.facts, settings, program, plan: this.plan });
  }

  public get monitored(): Monitored {
    return this.agent.monitored;
  }

  /** Allows a collector to read the metrics of backups and drills, at port 9090 of the agent. */
  public allowMetricsFrom(collector: IPeer): void {
    this.agent.allowMetricsFrom(collector);
  }

  private check({ database, homeserver }: BackupsContext): void {
    const { repository } = this.facts;
    if (homeserver.databaseKey !== database.databaseKey) {
      throw new Error(
        `homeserver '${homeserver.workloadName}' writes to database '${homeserver.databaseKey}', not to '${database.databaseKey}': use ` +
          'the database that it writes to',
      );
    }
    if (repository.address) {
      const remedy = 'give each system its own, by bucket, prefix or path';
      reserve(this, `backup repository '${repository.address}'`, remedy);
    }
  }

  /**
   * Places pods on one node: jobs mount the claims of database, media and backups, and most storage allows one node.
   */
  private placeData(): void {
    const { ownDatabase, homeserver, claimName, agentLabels } = this.facts;
    if (ownDatabase) {
      ownDatabase.backup._archiveTo(claimName, this.plan.archiveTimeout, agentLabels);
      homeserver._runBeside(ownDatabase.backup.podLabels);
    } else {
      homeserver._runBeside(agentLabels, false);
    }
  }

  private renderStorage({ storage, homeserver }: MatrixBackupsProps): void {
    const { claimName: name, system, repository, ownDatabase } = this.facts;
    const workload = this.facts.workload('backup');
    const size = backupClaimSize({
      storage,
      onClaim: repository.onClaim,
      database: ownDatabase?.backup.storage,
      media: homeserver.mediaBucket ? undefined : homeserver.storage,
    });
    new VolumeClaim(this, 'Sets', { workload, name, size, system });
  }

  private renderProgram(settings: ProgramSettings): k8s.KubeConfigMap {
    const { configMapName: name } = this.facts;
    const data = {
      ...programFiles(),
      ...drillFiles(this.facts),
      'settings.json': `${JSON.stringify(settings, null, 2)}\n`,
    };
    return new k8s.KubeConfigMap(this, 'Scripts', {
      metadata: { name, labels: labelsOf(this.facts.workload('backup')) },
      data,
    });
  }

  private renderJobs(): void {
    const { facts } = this;
    const { backup, prune, drill, dump } = this.plan.schedules;
    new BackupJob(this, 'Backup', { facts, schedule: backup });
    new PruneJob(this, 'Prune', { facts, schedule: prune });
    if (facts.ownDatabase && dump) {
      new DumpJob(this, 'Dump', { facts, database: facts.ownDatabase, schedule: dump });
    }
    new VerifyJob(this, 'Verify', { facts });
    new ListJob(this, 'List', { facts });
    new DrillJob(this, 'Drill', { facts, schedule: drill });
    new RestoreJob(this, 'Restore', { facts });
  }
}
