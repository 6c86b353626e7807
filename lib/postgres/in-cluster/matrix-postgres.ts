import { type Duration, Lazy, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { checked } from '../../kubernetes/checks/checked';
import { k8s } from '../../kubernetes/k8s';
import { labelsOf, selectorLabels, type WorkloadLabels } from '../../kubernetes/metadata/labels';
import type { IPeer, Peer } from '../../kubernetes/network/peer';
import { Service } from '../../kubernetes/network/service';
import { Traffic } from '../../kubernetes/network/traffic';
import type { ISecretKey } from '../../kubernetes/secret-key';
import type { Resources } from '../../kubernetes/workloads/resources';
import { SingletonStatefulSet } from '../../kubernetes/workloads/singletons';
import { VolumeClaim } from '../../kubernetes/workloads/volume-claim';
import type { IMonitored } from '../../monitoring/monitored';
import { SecretKind } from '../../secrets/secret-request';
import type { System } from '../../system';
import type { IBaseBackup, IMatrixDatabase } from '../database';
import { DatabaseTls } from '../database-tls';
import { checkedIdentifier } from '../identifier';
import { connectionProblems } from '../server-parameters';
import { PostgresExporter } from './exporter/postgres-exporter';
import { checkedPostgresImage } from './image-check';
import { postgresFiles } from './postgres-files';
import { POSTGRES_IMAGE } from './postgres-image';
import type { MatrixPostgresProps } from './postgres-options';
import { type ArchiveClaim, POSTGRES_DATA, POSTGRES_RESOURCES, postgresPod } from './postgres-pod';
import { WalReceiver, withReceiver } from './wal-receiver/wal-receiver';

/**
 * PostgreSQL in the cluster: one instance with encoding UTF8, collation `C`, data checksums and SCRAM passwords.
 *
 * @see https://element-hq.github.io/synapse/latest/postgres.html
 */
@checked
export class MatrixPostgres extends Construct implements IMatrixDatabase, IBaseBackup, IPeer {
  public readonly host: string;
  public readonly port = 5432;
  public readonly database: string;
  public readonly user: string;
  public readonly password: ISecretKey;
  public readonly tls = DatabaseTls.DISABLED;
  public readonly databaseKey: string;
  public readonly backup: IBaseBackup = this;
  public readonly backupPassword: ISecretKey;
  public readonly workloadName: string;
  public readonly podLabels: { [key: string]: string };
  public readonly dataClaimName: string;
  public readonly storage: Size;
  public readonly dataPath = POSTGRES_DATA;
  public readonly configMapName: string;
  public readonly image: string;
  public readonly uid = POSTGRES_IMAGE.uid;
  public readonly resources: Resources;
  public readonly receiverName?: string;
  public readonly peer: Peer;
  /** @internal */
  public readonly _psql: string;
  private readonly traffic: Traffic;
  private readonly exporter: PostgresExporter;
  private readonly workload: WorkloadLabels;
  private readonly system: System;
  private readonly parameters: { [name: string]: string };
  private connections = 0;
  private archive?: ArchiveClaim & { readonly timeout: Duration };
  private readonly clients = () => this.connections + this.exporter.connections;
  private readonly archiveTimeout = () => this.archive?.timeout;

  constructor(scope: Construct, id: string, props: MatrixPostgresProps) {
    super(scope, id);
    const { system } = props;
    this.system = system;
    this.database = checkedIdentifier('database', props.database ?? 'synapse');
    this.user = checkedIdentifier('user', props.user ?? 'synapse_user');
    this.password = this.secret('POSTGRES_PASSWORD', 'databasePassword');
    this.backupPassword = this.secret('BACKUP_PASSWORD', 'backupPassword');
    this.host = system.objectName('matrix-postgres-service');
    this.workload = system.labels('matrix-postgres', 'database');
    this.workloadName = this.workload.app;
    this.podLabels = selectorLabels(this.workload);
    this.dataClaimName = system.objectName('matrix-postgres-pvc');
    this.configMapName = system.objectName('matrix-postgres-config');
    this.image = checkedPostgresImage(system.image(POSTGRES_IMAGE));
    this.databaseKey = `${this.node.path}/${this.database}`;
    this._psql = `kubectl exec ${this.workloadName}-0 -n $(NAMESPACE) -- psql -U ${this.user} ${this.database}`;
    this.storage = props.storage ?? Size.gibibytes(20);
    this.resources = props.resources ?? POSTGRES_RESOURCES[system.size];
    this.parameters = props.parameters ?? {};
    this.traffic = new Traffic(this, 'Traffic', this.workload);
    this.peer = this.traffic.peer;
    const config = this.renderStorage();
    const ports = [{ name: 'postgres', number: this.port }];
    new Service(this, 'Service', { workload: this.workload, name: this.host, ports });
    const object = new SingletonStatefulSet(this, 'Default', {
      workload: this.workload,
      serviceName: this.host,
      configMaps: [config],
      pod: () => postgresPod(system, this, this.archive, this.exporter.exporterImage),
      remedy: 'replicated PostgreSQL is not supported',
    });
    const { workload, traffic, archiveTimeout } = this;
    const synchronous = withReceiver(props);
    const receiver = { system, postgres: this, archiveTimeout, resources: props.receiverResources };
    this.receiverName = synchronous ? new WalReceiver(this, 'Receiver', receiver).workloadName : undefined;
    this.exporter = new PostgresExporter({ system, workload, object, traffic, synchronous, archiveTimeout });
    const validate = () => connectionProblems(this.resources.memoryLimit, this.clients(), this.parameters);
    this.node.addValidation({ validate });
  }

  public get watched(): IMonitored {
    return this.exporter;
  }

  public allowFrom(client: IPeer, connections: number): void {
    this.connections += connections;
    this.traffic.allowFrom(client, { name: 'postgres', number: this.port });
  }

  /** @internal */
  public _archiveTo(claimName: string, timeout: Duration, holder: { [key: string]: string }): void {
    this.archive = { claimName, timeout, holder };
  }

  private secret(key: string, alias: string): ISecretKey {
    return this.system.secret('matrix-postgres-secret', key, SecretKind.PASSWORD, {
      alias,
      // Not secret, but stored in this Secret by existing installations.
      beside: { POSTGRES_DB: this.database, POSTGRES_USER: this.user },
      rotation: { name: 'database', effect: 'Synapse restarts and is away for some seconds.' },
    });
  }

  private files(): { [name: string]: string } {
    const settings = {
      memory: this.resources.memoryLimit,
      connections: this.clients(),
      archiveTimeout: this.archiveTimeout(),
      standby: this.receiverName,
      parameters: this.parameters,
    };
    return postgresFiles(settings, this.exporter.exporterImage !== undefined);
  }

  private renderStorage(): k8s.KubeConfigMap {
    const { workload, dataClaimName: name, storage: size } = this;
    new VolumeClaim(this, 'Data', { workload, name, size, system: this.system });
    return new k8s.KubeConfigMap(this, 'Config', {
      metadata: { name: this.configMapName, labels: labelsOf(workload) },
      data: Lazy.any({ produce: () => this.files() }),
    });
  }
}
