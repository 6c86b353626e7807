import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { renderClaim } from '../kubernetes/claim';
import { fileBeside, KUBE_PY } from '../kubernetes/files';
import { k8s } from '../kubernetes/k8s';
import { type Identity, labelsOf } from '../kubernetes/labels';
import { CRON_JOB_NAME_LENGTH, objectName } from '../kubernetes/names';
import { checkUniqueNames } from '../kubernetes/objects';
import type { IPeer, Peer } from '../kubernetes/peer';
import { checkedSchedule } from '../kubernetes/schedule';
import { Traffic } from '../kubernetes/traffic';
import type { MatrixPostgres } from '../postgres/matrix-postgres';
import type { MatrixSynapse } from '../synapse/matrix-synapse';
import { backupPod } from './backup-pod';
import { renderRestore } from './restore';

/** Props of {@link MatrixBackups}. */
export interface MatrixBackupsProps {
  /** The in-cluster database. One that is managed elsewhere is backed up there. */
  readonly postgres: MatrixPostgres;
  readonly synapse: MatrixSynapse;
  /**
   * When a set is made, in UTC.
   *
   * @default 0 2 * * *
   */
  readonly schedule?: string;
  /**
   * How many sets are kept. Log is kept for as long as the oldest of them needs it.
   *
   * @default 7
   */
  readonly keep?: number;
  /** Room for sets and log. @default 50Gi */
  readonly storage?: Size;
  /** @default - the cluster's default class */
  readonly storageClass?: string;
  /** @default - none */
  readonly namePrefix?: string;
}

/** Files of the ConfigMap that backup and restore run. */
const SCRIPTS = [
  'sets.sh',
  'backup.sh',
  'copy-media.sh',
  'clear-up.sh',
  'restore-check.py',
  'restore-database.sh',
  'after-restore.sql',
  'restore-media.sh',
  'restore-finish.py',
];

/**
 * Backups of the whole system as sets on a claim of their own, and the way back.
 *
 * @see https://www.postgresql.org/docs/17/continuous-archiving.html
 */
export class MatrixBackups extends Construct implements IPeer {
  public readonly peer: Peer;
  /** Claim with sets and log. */
  public readonly claimName: string;
  /** CronJob that makes a set. */
  public readonly backupName: string;
  /** Suspended CronJob that restores one. */
  public readonly restoreName: string;

  constructor(scope: Construct, id: string, props: MatrixBackupsProps) {
    super(scope, id);
    checkUniqueNames(this);
    const keep = props.keep ?? 7;
    if (!Number.isInteger(keep) || keep < 1) {
      throw new Error(`keep ${keep} would keep no backup: write how many sets are kept, a whole number from 1`);
    }
    const schedule = checkedSchedule(props.schedule ?? '0 2 * * *');
    this.claimName = objectName(props.namePrefix, 'matrix-postgres-backup-pvc');
    this.backupName = objectName(props.namePrefix, 'matrix-backup', CRON_JOB_NAME_LENGTH);
    this.restoreName = objectName(props.namePrefix, 'matrix-restore', CRON_JOB_NAME_LENGTH);
    const part: Identity = { app: this.backupName, component: 'backup', namePrefix: props.namePrefix };
    const traffic = new Traffic(this, 'Traffic', part);
    this.peer = traffic.peer;
    traffic.allowDns();
    // Base backup and log stream are replication connections, which do not count among the others.
    props.postgres.allowFrom(this, 0);
    props.postgres.archiveTo(this.claimName);
    props.synapse.runBeside(props.postgres.podLabels);

    renderClaim(this, 'Sets', {
      identity: part,
      name: this.claimName,
      size: props.storage ?? Size.gibibytes(50),
      storageClass: props.storageClass,
    });
    const configMapName = objectName(props.namePrefix, 'matrix-backup-script');
    new k8s.KubeConfigMap(this, 'Scripts', {
      metadata: { name: configMapName, labels: labelsOf(part) },
      data: { ...Object.fromEntries(SCRIPTS.map((name) => [name, fileBeside(__dirname, name)])), 'kube.py': KUBE_PY },
    });
    this.renderBackup(part, schedule, backupPod({ ...props, keep, claimName: this.claimName, configMapName }));
    renderRestore(this, 'Restore', { ...props, name: this.restoreName, claimName: this.claimName, configMapName });
  }

  private renderBackup(part: Identity, schedule: string, spec: k8s.PodSpec): void {
    const metadata = { labels: labelsOf(part) };
    new k8s.KubeCronJob(this, 'Default', {
      metadata: { name: this.backupName, ...metadata },
      spec: {
        schedule,
        timeZone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 3600,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          metadata,
          // A backup that hangs fails in the end, so that somebody sees it.
          spec: { backoffLimit: 1, activeDeadlineSeconds: 6 * 3600, template: { metadata, spec } },
        },
      },
    });
  }
}
