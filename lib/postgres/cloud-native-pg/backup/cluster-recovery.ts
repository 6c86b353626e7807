import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Cluster } from '../../../../imports/postgresql.cnpg.io';
import { DEFAULT_CONTAINER } from '../../../kubernetes/metadata/config-hash';
import { labelsOf, selectorLabels, type WorkloadLabels } from '../../../kubernetes/metadata/labels';
import type { IPeer } from '../../../kubernetes/network/peer';
import { Traffic } from '../../../kubernetes/network/traffic';
import type { System } from '../../../system';
import type { IDatabaseRecovery } from '../../database';
import { CLOUD_NATIVE_PG_IMAGE } from '../cloud-native-pg-image';
import type { BackupSpec, NamedCluster } from './cluster-archive';
import type { ClusterBackup } from './cluster-backup';

/** Port at which the operator, and instances that look for each other, ask an instance for its state. */
export const STATUS = { name: 'status', number: 8000 };

/** Props of {@link ClusterRecovery}. */
export interface ClusterRecoveryProps {
  readonly system: System;
  readonly clusterName: string;
  readonly operator: IPeer;
  readonly backup: ClusterBackup;
  /** The database that is backed up. */
  readonly database: NamedCluster;
  /** Its Cluster. */
  readonly cluster: ApiObject;
}

/**
 * A cluster of one instance that a drill makes from the backups, and removes again.
 *
 * Only the drill can connect to it. It archives nothing, so that it cannot change what it is made from.
 */
export class ClusterRecovery extends Construct implements IDatabaseRecovery {
  public readonly clusterName: string;
  public readonly image: string;
  private readonly workload: WorkloadLabels;
  private drilled = false;

  /** Undefined where there is nothing to restore, or no drill is wanted. */
  public static of(scope: Construct, id: string, props: ClusterRecoveryProps): ClusterRecovery | undefined {
    const from = props.backup._drilled(props.database);
    return from && new ClusterRecovery(scope, id, props, from);
  }

  private constructor(
    scope: Construct,
    id: string,
    private readonly props: ClusterRecoveryProps,
    private readonly from: BackupSpec,
  ) {
    super(scope, id);
    this.clusterName = props.clusterName;
    this.image = props.system.image(CLOUD_NATIVE_PG_IMAGE);
    this.workload = props.system.labels('matrix-database-drill', 'database-drill');
    this.node.addValidation({ validate: () => this.problems() });
  }

  /** @internal */
  public _drilledBy(drill: IPeer): void {
    this.drilled = true;
    const traffic = new Traffic(this, 'Traffic', this.workload);
    traffic.allowDns();
    traffic.allowKubernetesApi();
    traffic.allowFrom(this.props.operator, STATUS);
    traffic.allowFrom(drill, { name: 'postgres', number: 5432 });
    this.props.backup._allowStore(traffic);
  }

  /** @internal */
  public _manifest() {
    const { workload, clusterName: name, from } = this;
    const own = { ...from, instances: 1, enablePdb: false, enableSuperuserAccess: true };
    const made = Cluster.manifest({ metadata: { name, labels: labelsOf(workload) }, spec: own });
    // Everything else as in the running cluster: WAL is not replayed with smaller settings.
    const { spec } = this.props.cluster.toJson();
    const { inheritedMetadata, postgresql } = spec;
    return {
      ...made,
      spec: {
        ...spec,
        backup: undefined,
        plugins: undefined,
        ...made.spec,
        inheritedMetadata: {
          labels: { ...inheritedMetadata.labels, ...selectorLabels(workload) },
          annotations: { ...workload.podAnnotations, [DEFAULT_CONTAINER]: 'postgres' },
        },
        // No code of the database runs by itself.
        postgresql: {
          ...postgresql,
          synchronous: undefined,
          parameters: { ...postgresql.parameters, event_triggers: 'off' },
        },
      },
    };
  }

  private problems(): string[] {
    const remedy = 'use backups: Backups.to(…), or leave drill out';
    return this.props.backup._mustBeDrilled && !this.drilled
      ? [`drill of the backup is true, but the system has no backups whose drill could restore it: ${remedy}`]
      : [];
  }
}
