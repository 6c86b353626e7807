import type { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import type { BackupOptions, BackupsContext } from './backup-options';
import { MatrixBackups } from './matrix-backups';
import type { BackupRepository } from './repository/backup-repository';

/** Choice of the backups of a system. */
@checked
export class Backups {
  /**
   * Encrypted backups in a repository, a job that restores them, and a weekly restore drill: {@link MatrixBackups}.
   *
   * @throws at synthesis when an option is not valid, or would be ignored because the database is managed elsewhere.
   */
  public static to(repository: BackupRepository, options: BackupOptions = {}): Backups {
    return new Backups(
      (scope, id, context) =>
        new MatrixBackups(scope, id, {
          system: context.system,
          database: context.database,
          homeserver: context.homeserver,
          furtherSecrets: context.furtherSecrets,
          repository,
          storage: options.storage,
          keep: options.keep,
          schedules: options.schedules,
          fullCheckEvery: options.fullCheckEvery,
          recoveryPointObjective: options.recoveryPointObjective,
          agentResources: options.agentResources,
          jobResources: options.jobResources,
        }),
    );
  }

  /** No backups: all data is lost when the claims are lost. */
  public static none(): Backups {
    return new Backups(() => undefined);
  }

  private constructor(
    /** @internal */
    public readonly _render: (scope: Construct, id: string, context: BackupsContext) => MatrixBackups | undefined,
  ) {}
}
