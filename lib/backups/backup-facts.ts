import type { k8s } from '../kubernetes/k8s';
import { selectorLabels, type WorkloadLabels } from '../kubernetes/metadata/labels';
import { CRON_JOB_NAME_LENGTH } from '../kubernetes/metadata/names';
import type { Traffic } from '../kubernetes/network/traffic';
import { checkedSecretKey, type ISecretKey } from '../kubernetes/secret-key';
import type { HardenedContainerProps } from '../kubernetes/workloads/hardened-pod';
import type { Resources } from '../kubernetes/workloads/resources';
import type { IBaseBackup, IDatabaseRecovery, IMatrixDatabase } from '../postgres/database';
import { SecretKind } from '../secrets/secret-request';
import type { IMatrixHomeserver } from '../synapse/homeserver';
import type { System } from '../system';
import type { BackupOptions, BackupsContext } from './backup-options';
import type { BackupRepository } from './repository/backup-repository';
import { RESTIC_IMAGE } from './repository/restic-image';

/** A database that is backed up here, by base backups and WAL. */
export interface OwnDatabase {
  readonly server: IMatrixDatabase;
  readonly backup: IBaseBackup;
}

/** A database that its operator backs up, and makes a second one from for the drill. */
export interface RecoverableDatabase {
  readonly server: IMatrixDatabase;
  readonly recovery: IDatabaseRecovery;
}

/** The database's share of a pod. */
export interface DatabaseShare {
  /** Init containers, in order. */
  readonly steps: HardenedContainerProps[];
  /** Further mounts of the program. @default - none */
  readonly volumeMounts?: k8s.VolumeMount[];
  /** @default - none */
  readonly volumes?: k8s.Volume[];
}

type BackupResources = Pick<BackupOptions, 'agentResources' | 'jobResources'>;

/** Facts that all pods of the backups share. */
export class BackupFacts {
  public readonly system: System;
  public readonly homeserver: IMatrixHomeserver;
  public readonly repository: BackupRepository;
  public readonly repositoryPassword: ISecretKey;
  public readonly resticImage: string;
  /** The database to back up. Undefined when it is managed elsewhere and backed up by its owner. */
  public readonly ownDatabase?: OwnDatabase;
  /** The database whose backups the drill restores by its operator. Undefined where it does not. */
  public readonly recoverable?: RecoverableDatabase;
  /** Reason why the database is not backed up here, for messages. Undefined when it is. */
  public readonly managed?: string;
  /** Secrets that a backup holds, by name and key. */
  public readonly secrets: { [path: string]: ISecretKey };
  /** Secrets that may be missing: earlier signing keys. */
  public readonly optionalSecrets: { [path: string]: ISecretKey };
  /** Secrets with passwords of the database, which a restore never changes. */
  public readonly databaseSecrets: ISecretKey[];
  /** Claim with the WAL archive, and by default with the repository. */
  public readonly claimName: string;
  /** ConfigMap with the program. */
  public readonly configMapName: string;
  /** ConfigMap by which an operator chooses what is restored. */
  public readonly choiceName: string;
  /** Labels that select the pod of the agent, which always holds the claim. */
  public readonly agentLabels: { [key: string]: string };
  /** UID that owns the claim and the data, and that the pods run as. */
  public readonly uid: number;
  /** Group that can read the media, when it is not that of the UID. */
  public readonly mediaGroups?: number[];
  /** Resources of the agent. @default - those of a job */
  public readonly agentResources?: Resources;
  /** Resources of the jobs' containers. @default - by container */
  public readonly jobResources?: Resources;
  /** Pods that hold the claims with the data. */
  public readonly dataHolder: { [key: string]: string };

  constructor(props: BackupsContext & BackupResources, repository: BackupRepository) {
    const { system, database, homeserver, furtherSecrets = [] } = props;
    this.agentResources = props.agentResources;
    this.jobResources = props.jobResources;
    this.system = system;
    this.homeserver = homeserver;
    this.repository = repository;
    const { backup, recovery } = database;
    this.ownDatabase = backup && { server: database, backup };
    this.recoverable = recovery && { server: database, recovery };
    this.managed = backup
      ? undefined
      : `the database at '${database.host}' is managed elsewhere and backed up by its owner`;
    this.repositoryPassword = system.secret('matrix-backup-secret', 'repository_password', SecretKind.PASSWORD, {
      mayComeFirst: true,
      irreplaceable: true,
      avoidedBy: 'backups: Backups.none()',
    });
    this.resticImage = system.image(RESTIC_IMAGE);
    this.databaseSecrets = [database.password, ...(backup ? [backup.backupPassword] : [])];
    const further = furtherSecrets.map((one, position) => checkedSecretKey(one, `furtherSecrets[${position}]`));
    this.secrets = byPath([...Object.values(homeserver.secretFiles), ...this.databaseSecrets, ...further]);
    this.optionalSecrets = byPath(homeserver.oldSigningKeys ? [homeserver.oldSigningKeys] : []);
    this.claimName = system.objectName('matrix-postgres-backup-pvc');
    this.configMapName = system.objectName('matrix-backup-script');
    this.choiceName = system.objectName('matrix-restore-choice');
    this.agentLabels = selectorLabels(this.workload('backup-agent'));
    this.uid = backup?.uid ?? homeserver.uid;
    this.mediaGroups = backup && [homeserver.uid];
    this.dataHolder = backup?.podLabels ?? homeserver.podLabels;
  }

  /** Labels of a workload of the backups, by its component: `backup-prune` is `matrix-backup-prune`. */
  public workload(component: string): WorkloadLabels {
    return this.system.labels(`matrix-${component}`, component, CRON_JOB_NAME_LENGTH);
  }

  /** The share of the database in a pod, which is empty where the database is managed elsewhere. */
  public share(of: (database: OwnDatabase) => DatabaseShare): Required<DatabaseShare> {
    const { steps = [], volumeMounts = [], volumes = [] } = this.ownDatabase ? of(this.ownDatabase) : {};
    return { steps, volumeMounts, volumes };
  }

  /**
   * Lets pods reach the database and the name server, unless the database is managed elsewhere.
   *
   * @param connections the most they open at a time.
   */
  public allowDatabase(traffic: Traffic, connections: number): void {
    if (this.ownDatabase) {
      traffic.allowDns();
      this.ownDatabase.server.allowFrom(traffic, connections);
    }
  }
}

function byPath(secrets: ISecretKey[]): { [path: string]: ISecretKey } {
  return Object.fromEntries(secrets.map((one) => [`${one.secretName}/${one.key}`, one]));
}
