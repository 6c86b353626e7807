import { type ApiObject, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Cluster } from '../../../imports/postgresql.cnpg.io';
import { checked } from '../../kubernetes/checks/checked';
import { labelsOf, NEVER_PRUNED, type WorkloadLabels } from '../../kubernetes/metadata/labels';
import { type IPeer, Peer } from '../../kubernetes/network/peer';
import { Traffic } from '../../kubernetes/network/traffic';
import { type ISecretKey, SecretKey } from '../../kubernetes/secret-key';
import type { Resources } from '../../kubernetes/workloads/resources';
import type { IMonitored } from '../../monitoring/monitored';
import type { System } from '../../system';
import type { IDatabaseRecovery, IMatrixDatabase } from '../database';
import { DatabaseTls } from '../database-tls';
import { checkedIdentifier } from '../identifier';
import { connectionProblems } from '../server-parameters';
import { ClusterBackup } from './backup/cluster-backup';
import { ClusterRecovery, STATUS } from './backup/cluster-recovery';
import { CLOUD_NATIVE_PG_IMAGE } from './cloud-native-pg-image';
import { type CloudNativePostgresProps, Durability } from './cloud-native-pg-options';
import { CLUSTER_RESOURCES, checkClusterParameters, clusterParameters } from './cluster-parameters';
import { clusterSpec } from './cluster-spec';
import { ClusterMetrics } from './monitored/cluster-metrics';

/** The operator appends numbers and `-initdb` to the name, and refuses longer ones. */
const NAME_LENGTH = 50;

/**
 * Replicated PostgreSQL in the cluster: one primary and its replicas, which the operator CloudNativePG runs.
 *
 * The operator must be installed. It makes the Secrets with the password and with the CA, and it backs the database up.
 *
 * @see https://cloudnative-pg.io/documentation/current/
 */
@checked
export class CloudNativePostgres extends Construct implements IMatrixDatabase, IPeer {
  public readonly host: string;
  public readonly port = 5432;
  public readonly database: string;
  public readonly user: string;
  public readonly password: ISecretKey;
  public readonly tls: DatabaseTls;
  public readonly databaseKey: string;
  public readonly watched: IMonitored;
  /** How a drill restores its backups; undefined where it does not. */
  public readonly recovery?: IDatabaseRecovery;
  /** Name of the Cluster, from which the operator derives those of its pods, claims, Services and Secrets. */
  public readonly clusterName: string;
  public readonly peer: Peer;
  /** @internal */
  public readonly _psql: string;
  private readonly traffic: Traffic;
  private connections = 0;

  constructor(scope: Construct, id: string, props: CloudNativePostgresProps) {
    super(scope, id);
    // The operator removes a PodMonitor that has the name of a Cluster: the pods' label is another.
    const workload = props.system.labels('matrix-database-server', 'database');
    const instances = checkedInstances(props.instances ?? 3);
    checkClusterParameters(props.parameters ?? {});
    this.clusterName = props.system.objectName('matrix-database', NAME_LENGTH);
    this.database = checkedIdentifier('database', props.database ?? 'synapse');
    this.user = checkedIdentifier('user', props.user ?? 'synapse_user');
    this.host = `${this.clusterName}-rw`;
    this.password = SecretKey.fromSecretName(`${this.clusterName}-app`, 'password');
    this.tls = DatabaseTls.verifiedBy(SecretKey.fromSecretName(`${this.clusterName}-ca`, 'ca.crt'));
    this.databaseKey = `${this.node.path}/${this.database}`;
    this._psql = `kubectl exec service/${this.host} -n $(NAMESPACE) -c postgres -- psql ${this.database}`;
    const { system, backup = ClusterBackup.none(), operator = Peer.namespace('cnpg-system') } = props;
    this.traffic = this.declareTraffic(workload, operator);
    this.peer = this.traffic.peer;
    const durability = props.durability ?? Durability.REQUIRED;
    const object = this.renderCluster(workload, instances, durability, props);
    const archive = backup._watched;
    this.watched = new ClusterMetrics({ workload, object, traffic: this.traffic, instances, durability, archive });
    const clusterName = system.objectName('matrix-database-drill', NAME_LENGTH);
    const drilled = { system, operator, backup, database: this, cluster: object, clusterName };
    this.recovery = ClusterRecovery.of(this, 'Drill', drilled);
  }

  public allowFrom(client: IPeer, connections: number): void {
    this.connections += connections;
    this.traffic.allowFrom(client, { name: 'postgres', number: this.port });
  }

  private declareTraffic(workload: WorkloadLabels, operator: IPeer): Traffic {
    const traffic = new Traffic(this, 'Traffic', workload);
    traffic.allowDns();
    traffic.allowKubernetesApi();
    traffic.allowFrom(operator, STATUS);
    traffic.allowFrom(traffic, { name: 'replication', number: this.port }, STATUS);
    return traffic;
  }

  private renderCluster(
    workload: WorkloadLabels,
    instances: number,
    durability: Durability,
    props: CloudNativePostgresProps,
  ): ApiObject {
    const { system, storage = Size.gibibytes(20), walStorage, parameters = {} } = props;
    const resources = props.resources ?? CLUSTER_RESOURCES[system.size];
    const { clusterName, database, user, traffic } = this;
    const validate = () => connectionProblems(resources.memoryLimit, this.connections, parameters);
    this.node.addValidation({ validate });
    const backedUp = { clusterName, database, user, workload, traffic };
    const { backup = ClusterBackup.none() } = props;
    return new Cluster(this, 'Default', {
      // With the Cluster its claims are deleted: GitOps tools must not prune it.
      metadata: { name: clusterName, labels: labelsOf(workload), annotations: NEVER_PRUNED },
      spec: clusterSpec({
        workload,
        instances,
        durability,
        backup: backup._render(this, backedUp),
        database,
        user,
        storage,
        walStorage,
        storageClass: system.storageClass,
        pod: podOf(system, resources),
        parameters: () => ({ ...clusterParameters(resources, this.connections), ...backup._parameters, ...parameters }),
      }),
    });
  }
}

/** A pod of the system, of which the operator takes what is the same for all. */
function podOf(system: System, resources: Resources) {
  const { uid } = CLOUD_NATIVE_PG_IMAGE;
  return system._pod({
    uid,
    containers: [{ name: 'postgres', image: system.image(CLOUD_NATIVE_PG_IMAGE), resources }],
  });
}

function checkedInstances(instances: number): number {
  if (!Number.isInteger(instances) || instances < 2) {
    throw new Error(
      `instances must be a whole number from 2, because one replica confirms each commit, got ${instances}: use 2 or 3, or Postgres.inCluster() for one instance`,
    );
  }
  return instances;
}
