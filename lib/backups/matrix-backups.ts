import { Duration, Size, Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { claimForOne } from '../kubernetes/checks/reserve';
import { fileBeside, KUBE_PY } from '../kubernetes/files';
import { type ImageOptions, imageOf } from '../kubernetes/images/image';
import { k8s } from '../kubernetes/k8s';
import { type Identity, labelsOf, selectorLabels } from '../kubernetes/metadata/labels';
import { CRON_JOB_NAME_LENGTH, objectName } from '../kubernetes/metadata/names';
import { checkUniqueNames } from '../kubernetes/metadata/objects';
import type { IPeer } from '../kubernetes/network/peer';
import { checkedSecretKey, type ISecretKey } from '../kubernetes/secret-key';
import { RESTART_ON_CHANGE_SH } from '../kubernetes/workloads/restart-on-change';
import { renderClaim } from '../kubernetes/workloads/volume-claim';
import type { MatrixPostgres } from '../postgres/matrix-postgres';
import type { SystemSecrets } from '../secrets/system-secrets';
import type { MatrixSynapse } from '../synapse/matrix-synapse';
import { BackupAgent } from './agent/backup-agent';
import type { BackupOptions } from './backup-options';
import { checkedSchedules } from './backup-schedules';
import { checkClaimSize } from './claim-size';
import type { BackupContext } from './jobs/backup-context';
import { drillSettings, renderDrill } from './jobs/drill';
import { renderJobs } from './jobs/jobs';
import { renderRestore } from './jobs/restore';
import { archiveTimeoutFor } from './recovery-point';
import { BackupRepository } from './repository/backup-repository';
import { checkedRetention } from './retention';
import { SCRIPTS } from './scripts';

/** Props of {@link MatrixBackups}. */
export interface MatrixBackupsProps extends BackupOptions, ImageOptions {
  /** The in-cluster database. One that is managed elsewhere is backed up there. */
  readonly postgres: MatrixPostgres;
  readonly synapse: MatrixSynapse;
  /** With the password of the repository. Keep that outside of the cluster too: without it no backup can be opened. */
  readonly secrets: SystemSecrets;
  /** @default - the cluster's default class */
  readonly storageClass?: string;
  /** @default - none */
  readonly namePrefix?: string;
}

/**
 * Backups of the whole system in an encrypted repository, the way back, and a drill that goes it every week.
 *
 * @see https://www.postgresql.org/docs/17/continuous-archiving.html
 */
export class MatrixBackups extends Construct {
  /** Claim with the log on its way to the repository, and by default with the repository. */
  public readonly claimName: string;
  private readonly agent: BackupAgent;

  constructor(scope: Construct, id: string, props: MatrixBackupsProps) {
    super(scope, id);
    checkUniqueNames(this);
    const { postgres, synapse, namePrefix, storageClass } = props;
    if (synapse.databaseIdentity !== postgres.identity) {
      throw new Error(
        `Synapse at ${synapse.node.path} writes to database '${synapse.databaseIdentity}', not to '${postgres.identity}': back up the one that it uses`,
      );
    }
    const repository = props.backupRepository ?? BackupRepository.claim();
    if (repository.address) {
      claimForOne(
        this,
        `backup repository '${repository.address}'`,
        'give each system its own, by bucket, prefix or path',
      );
    }
    const retention = checkedRetention(props);
    const schedules = checkedSchedules(props, retention);
    const recoveryPoint = props.recoveryPoint ?? Duration.seconds(60);
    const archiveTimeout = archiveTimeoutFor(recoveryPoint);
    const checkDays = checkedDays(props.checkDays ?? 7);
    const storage = props.backupStorage ?? Size.gibibytes(50);
    checkClaimSize({ storage, onClaim: repository.onClaim, database: postgres.storage, media: synapse.storage });
    this.claimName = objectName(namePrefix, 'matrix-postgres-backup-pvc');
    const configMapName = objectName(namePrefix, 'matrix-backup-script');
    const identity: Identity = {
      app: objectName(namePrefix, 'matrix-backup', CRON_JOB_NAME_LENGTH),
      component: 'backup',
      namePrefix,
    };
    renderClaim(this, 'Sets', { identity, name: this.claimName, size: storage, storageClass });
    const agent: Identity = {
      app: objectName(namePrefix, 'matrix-backup-agent'),
      component: 'backup-agent',
      namePrefix,
    };
    postgres.archiveTo(this.claimName, archiveTimeout, selectorLabels(agent));
    synapse.runBeside(postgres.podLabels);

    const context: BackupContext = {
      postgres,
      synapse,
      repository,
      resticImage: imageOf('restic', props),
      imagePullSecrets: [...postgres.imagePullSecrets, ...synapse.imagePullSecrets, ...(props.imagePullSecrets ?? [])],
      repositoryPassword: repositoryPasswordOf(props.secrets),
      adminPassword: props.secrets.adminPassword,
      claimName: this.claimName,
      configMapName,
      namePrefix,
      receiverName: props.withoutLoss ? postgres.addReceiver(storageClass).workloadName : undefined,
      agentLabels: selectorLabels(agent),
    };
    const scripts = {
      ...Object.fromEntries(SCRIPTS.map((name) => [name, fileBeside(`${__dirname}/scripts`, name)])),
      'kube.py': KUBE_PY,
      'restart-on-change.sh': RESTART_ON_CHANGE_SH,
      'drill.yaml': Yaml.stringify(drillSettings(context)),
    };
    new k8s.KubeConfigMap(this, 'Scripts', {
      metadata: { name: configMapName, labels: labelsOf(identity) },
      data: scripts,
    });
    const job = (name: string) => objectName(namePrefix, name, CRON_JOB_NAME_LENGTH);
    const names = {
      backup: identity.app,
      prune: job('matrix-backup-prune'),
      drill: job('matrix-restore-drill'),
      dump: job('matrix-backup-dump'),
    };
    const suspended = { verify: job('matrix-backup-verify'), list: job('matrix-backup-list') };
    renderJobs(this, context, { names: { ...names, ...suspended }, schedules, retention, checkDays });
    renderDrill(this, 'Drill', context, {
      name: names.drill,
      schedule: schedules.drill,
      storage: postgres.storage,
      storageClass,
    });
    renderRestore(this, 'Restore', job('matrix-restore'), context);
    this.agent = new BackupAgent(this, 'Agent', context, {
      identity: agent,
      scripts,
      schedules,
      cronJobs: names,
      recoveryPoint,
      archiveTimeout,
    });
  }

  /** Lets a collector read the metrics of backups and drills, at port 9090 of the agent. */
  public allowMetricsFrom(collector: IPeer): void {
    this.agent.allowMetricsFrom(collector);
  }
}

function checkedDays(days: number): number {
  if (!Number.isInteger(days) || days < 1 || days > 31) {
    throw new Error(`checkDays ${days} is no number of days in which a repository is read: write 1 to 31, such as 7`);
  }
  return days;
}

function repositoryPasswordOf({ repositoryPassword }: SystemSecrets): ISecretKey {
  if (!repositoryPassword) {
    throw new Error(
      "backups need repositoryPassword: add it to MatrixSecrets.existing({...}), as SecretKey.of('matrix-backup-secret', 'repository_password'), " +
        'or write withBackups: false',
    );
  }
  return checkedSecretKey(repositoryPassword, 'repositoryPassword');
}
