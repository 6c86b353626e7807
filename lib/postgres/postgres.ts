import type { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import type { System } from '../system';
import type { CloudNativePgOptions } from './cloud-native-pg/cloud-native-pg-options';
import { CloudNativePostgres } from './cloud-native-pg/cloud-native-postgres';
import type { IMatrixDatabase } from './database';
import { ExternalPostgres, type ExternalPostgresProps } from './external/external-postgres';
import { MatrixPostgres } from './in-cluster/matrix-postgres';
import type { PostgresOptions } from './in-cluster/postgres-options';

/** Location of a system's database: in the cluster, replicated in the cluster, or managed elsewhere. */
@checked
export class Postgres {
  /**
   * One PostgreSQL instance in the cluster: {@link MatrixPostgres}.
   *
   * @throws at synthesis when an option is not valid.
   */
  public static inCluster(options: PostgresOptions = {}): Postgres {
    return new Postgres(
      (scope, id, system) =>
        new MatrixPostgres(scope, id, {
          system,
          database: options.database,
          user: options.user,
          storage: options.storage,
          parameters: options.parameters,
          resources: options.resources,
          receiverResources: options.receiverResources,
          synchronousReplication: options.synchronousReplication,
        }),
    );
  }

  /**
   * A server that is managed elsewhere: {@link ExternalPostgres}. Its owner backs it up.
   *
   * @throws when host, port or credentials are not valid.
   */
  public static external(props: ExternalPostgresProps): Postgres {
    const database = new ExternalPostgres(props);
    return new Postgres(() => database);
  }

  /**
   * Replicated PostgreSQL in the cluster, by the operator CloudNativePG: {@link CloudNativePostgres}. The operator backs
   * it up.
   *
   * @throws at synthesis when an option is not valid.
   */
  public static cloudNativePg(options: CloudNativePgOptions = {}): Postgres {
    return new Postgres(
      (scope, id, system) =>
        new CloudNativePostgres(scope, id, {
          system,
          instances: options.instances,
          database: options.database,
          user: options.user,
          storage: options.storage,
          walStorage: options.walStorage,
          durability: options.durability,
          parameters: options.parameters,
          resources: options.resources,
          backup: options.backup,
          operator: options.operator,
        }),
    );
  }

  private constructor(
    /** @internal */
    public readonly _render: (scope: Construct, id: string, system: System) => IMatrixDatabase,
  ) {}
}
