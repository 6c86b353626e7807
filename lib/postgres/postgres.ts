import type { Construct } from 'constructs';
import type { System } from '../system';
import type { IMatrixDatabase } from './database';
import { ExternalPostgres, type ExternalPostgresProps } from './external/external-postgres';
import { MatrixPostgres } from './in-cluster/matrix-postgres';
import type { PostgresOptions } from './in-cluster/postgres-options';

/** Where the database of a system runs. */
export class Postgres {
  /** In the cluster: one instance, see {@link MatrixPostgres}. */
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
          synchronousReplication: options.synchronousReplication,
        }),
    );
  }

  /** A server that is managed elsewhere, whose owner backs it up. */
  public static external(props: ExternalPostgresProps): Postgres {
    const database = new ExternalPostgres(props);
    return new Postgres(() => database);
  }

  private constructor(
    /** @internal */
    public readonly _render: (scope: Construct, id: string, system: System) => IMatrixDatabase,
  ) {}
}
