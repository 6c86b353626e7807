import { type Duration, Lazy, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { imageOf, UIDS } from '../kubernetes/images/image';
import { k8s } from '../kubernetes/k8s';
import { CONFIG_HASH, configHash, DEFAULT_CONTAINER } from '../kubernetes/metadata/config-hash';
import { type Identity, labelsOf, selectorLabels } from '../kubernetes/metadata/labels';
import { objectName } from '../kubernetes/metadata/names';
import { checkUniqueNames } from '../kubernetes/metadata/objects';
import type { IPeer, Peer } from '../kubernetes/network/peer';
import { renderService } from '../kubernetes/network/service';
import { Traffic } from '../kubernetes/network/traffic';
import type { ISecretKey } from '../kubernetes/secret-key';
import { type Resources, SystemSize } from '../kubernetes/workloads/resources';
import { checkSingle } from '../kubernetes/workloads/singleton-deployment';
import { renderClaim } from '../kubernetes/workloads/volume-claim';
import type { IMatrixPostgres } from './database';
import { databasePasswords } from './database-passwords';
import { DatabaseTls } from './database-tls';
import { ExternalPostgres, type ExternalPostgresProps } from './external-postgres';
import { checkedIdentifier } from './identifier';
import type { MatrixPostgresProps } from './matrix-postgres-props';
import { postgresFiles } from './postgres-files';
import { type ArchiveClaim, POSTGRES_DATA, postgresPod } from './postgres-pod';
import { POSTGRES_RESOURCES } from './sizing';
import { WalReceiver } from './wal-receiver';

/**
 * PostgreSQL in the cluster: one instance, encoding UTF8, collation `C`, checksums, SCRAM.
 *
 * @see https://element-hq.github.io/synapse/latest/postgres.html
 */
export class MatrixPostgres extends Construct implements IMatrixPostgres, IPeer {
  /** A server that is managed elsewhere. Renders nothing; its backups are its owner's. */
  public static external(props: ExternalPostgresProps): IMatrixPostgres {
    return new ExternalPostgres(props);
  }

  public readonly host: string;
  public readonly port = 5432;
  public readonly database: string;
  public readonly user: string;
  public readonly password: ISecretKey;
  public readonly tls = DatabaseTls.DISABLED;
  public readonly identity: string;
  public readonly peer: Peer;
  /** Password of the role `backup`, which may copy the database and nothing else. */
  public readonly backupPassword: ISecretKey;
  /** Name of the StatefulSet. */
  public readonly workloadName: string;
  /** Labels that select its pod. */
  public readonly podLabels: { [key: string]: string };
  /** Claim with the data. */
  public readonly dataClaimName: string;
  /** Room for the data. */
  public readonly storage: Size;
  /** ConfigMap with `postgresql.conf` and what belongs to it. */
  public readonly configMapName: string;
  public readonly image: string;
  public readonly imagePullSecrets: string[];
  /** User that owns the files of the database. */
  public readonly uid = UIDS.postgres;
  /** Where the data claim is mounted. */
  public readonly dataPath = POSTGRES_DATA;
  public readonly resources: Resources;
  private readonly traffic: Traffic;
  private readonly part: Identity;
  private connections = 0;
  private archive?: ArchiveClaim;
  private archiveTimeout?: Duration;
  private standby?: string;

  constructor(scope: Construct, id: string, props: MatrixPostgresProps) {
    super(scope, id);
    const named = (name: string) => objectName(props.namePrefix, name);
    const passwords = databasePasswords(props.secrets);
    this.password = passwords.owner;
    this.backupPassword = passwords.backup;
    this.database = checkedIdentifier('database', props.database ?? 'synapse');
    this.user = checkedIdentifier('user', props.user ?? 'synapse_user');
    this.host = named('matrix-postgres-service');
    this.workloadName = named('matrix-postgres');
    this.dataClaimName = named('matrix-postgres-pvc');
    this.configMapName = named('matrix-postgres-config');
    this.image = imageOf('postgres', props);
    this.imagePullSecrets = props.imagePullSecrets ?? [];
    this.identity = `${this.node.path}/${this.database}`;
    this.part = { app: this.workloadName, component: 'database', namePrefix: props.namePrefix };
    this.podLabels = selectorLabels(this.part);
    checkUniqueNames(this);
    this.traffic = new Traffic(this, 'Traffic', this.part);
    this.peer = this.traffic.peer;
    this.storage = props.storage ?? Size.gibibytes(20);
    this.resources = props.resources ?? POSTGRES_RESOURCES[props.size ?? SystemSize.SMALL];
    renderClaim(this, 'Data', {
      identity: this.part,
      name: this.dataClaimName,
      size: this.storage,
      storageClass: props.storageClass,
    });
    const files = () =>
      postgresFiles({
        memory: this.resources.memoryLimit,
        connections: this.connections,
        archiveTimeout: this.archiveTimeout,
        standby: this.standby,
        parameters: props.parameters ?? {},
      });
    new k8s.KubeConfigMap(this, 'Config', {
      metadata: { name: this.configMapName, labels: labelsOf(this.part) },
      data: Lazy.any({ produce: files }),
    });
    renderService(this, 'Service', this.part, this.host, { name: 'postgres', number: this.port });
    this.renderStatefulSet(files);
  }

  public allowFrom(client: IPeer, connections: number): void {
    this.connections += connections;
    this.traffic.allowFrom(client, { name: 'postgres', number: this.port });
  }

  /**
   * Copies write-ahead log to a claim, which is then mounted at `/backup`. For MatrixBackups, which also clears it up.
   *
   * @param timeout after which log is handed over though its file is not full.
   * @param holder labels of the pod that always holds the claim, which most storage mounts on one node at a time.
   */
  public archiveTo(claimName: string, timeout: Duration, holder: { [key: string]: string }): void {
    this.archive = { claimName, holder };
    this.archiveTimeout = timeout;
  }

  /** A second place for every commit before it is acknowledged. For MatrixBackups, which restores from it. */
  public addReceiver(storageClass?: string): WalReceiver {
    return new WalReceiver(this, 'Receiver', { postgres: this, storageClass, namePrefix: this.part.namePrefix });
  }

  /** Acknowledges a commit only when a receiver of this name has it on disk too. For WalReceiver. */
  public synchronousWith(standby: string): void {
    if (this.standby !== undefined) {
      throw new Error(`commits wait for '${this.standby}' already: leave '${standby}' out, one WalReceiver is enough`);
    }
    this.standby = standby;
  }

  private renderStatefulSet(files: () => { [name: string]: string }): void {
    const labels = labelsOf(this.part);
    const workload = new k8s.KubeStatefulSet(this, 'Default', {
      metadata: { name: this.workloadName, labels },
      spec: Lazy.any({
        produce: (): k8s.StatefulSetSpec => ({
          replicas: 1,
          serviceName: this.host,
          selector: { matchLabels: this.podLabels },
          template: {
            metadata: { labels, annotations: { [CONFIG_HASH]: configHash(files()), [DEFAULT_CONTAINER]: 'postgres' } },
            spec: postgresPod(this, this.archive),
          },
        }),
      }),
    });
    checkSingle(workload, 'leave 1; a replicated PostgreSQL is another part');
  }
}
