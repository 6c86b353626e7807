import type { Construct } from 'constructs';
import { checkedSecretKey } from '../kubernetes/secret-key';
import { type ExternalSecretsProps, renderExternalSecrets, type SecretStore } from './external-secrets';
import { GeneratedSecrets } from './generated-secrets';
import type { SecretsContext, SystemSecrets } from './system-secrets';

/** Where the secrets of a system come from. */
export abstract class MatrixSecrets {
  /** A Job makes in the cluster what is missing, and never changes what is there. */
  public static generated(): MatrixSecrets {
    return new (class extends MatrixSecrets {
      public bind(scope: Construct, id: string, context: SecretsContext): SystemSecrets {
        return new GeneratedSecrets(scope, id, context).secrets;
      }
    })();
  }

  /**
   * Secrets that are in the namespace already, or will be: pods wait for them.
   *
   * @throws when one is no reference.
   */
  public static existing(secrets: SystemSecrets): MatrixSecrets {
    const optional = ['oldSigningKeys', 'databasePassword', 'backupPassword', 'repositoryPassword', 'adminPassword'];
    for (const [name, reference] of Object.entries(secrets)) {
      if (reference !== undefined || !optional.includes(name)) {
        checkedSecretKey(reference, name);
      }
    }
    return new (class extends MatrixSecrets {
      public bind(): SystemSecrets {
        return secrets;
      }
    })();
  }

  /**
   * Secrets that the External Secrets Operator copies from a store.
   *
   * @see https://external-secrets.io/latest/api/externalsecret/
   */
  public static external(store: SecretStore, props: ExternalSecretsProps): MatrixSecrets {
    return new (class extends MatrixSecrets {
      public bind(scope: Construct, id: string, context: SecretsContext): SystemSecrets {
        return renderExternalSecrets(scope, id, { ...props, ...context, store });
      }
    })();
  }

  protected constructor() {}

  /** Renders what the source needs and says where the secrets are. */
  public abstract bind(scope: Construct, id: string, context: SecretsContext): SystemSecrets;
}
