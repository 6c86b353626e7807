import type { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import type { ISecretKey } from '../kubernetes/secret-key';
import type { IWorkloadContext } from '../kubernetes/workload-context';
import { ExistingSecrets } from './existing-secrets';
import { ExternalSecrets, type ExternalSecretsProps, type SecretStore } from './external-secrets';
import { GeneratedSecrets, type GeneratedSecretsOptions } from './generated-secrets';
import type { ISecretSource } from './secret-source';

/** The source of a system's secrets. */
@checked
export class Secrets {
  /**
   * Secrets that a Job generates in the cluster.
   *
   * It never changes one that exists. A signing key or backup password that is lost is not generated anew beside data.
   */
  public static generated(options: GeneratedSecretsOptions = {}): Secrets {
    return new Secrets((scope, id, context) => new GeneratedSecrets(scope, id, context, options));
  }

  /**
   * Secrets that are created by other means. Pods wait for them.
   *
   * Required are `signingKey`, `registrationSharedSecret`, `macaroonSecretKey`, `formSecret`, `repositoryPassword` and
   * `adminPassword`, for the in-cluster database `databasePassword` and `backupPassword`, and with a synthetic user
   * `syntheticUserPassword`. Optional is `oldSigningKeys`, a YAML file with the block `old_signing_keys`. Synthesis
   * fails when one is missing or unused.
   *
   * @param references a reference for each secret, by its alias.
   * @throws when one is not a valid reference.
   */
  public static existing(references: { [alias: string]: ISecretKey }): Secrets {
    // Checks the references now. Each system gets its own instance, which tracks the requests of that system.
    new ExistingSecrets(references);
    return new Secrets(() => new ExistingSecrets(references));
  }

  /**
   * Secrets that the External Secrets Operator copies from a store.
   *
   * @see https://external-secrets.io/latest/api/externalsecret/
   */
  public static external(store: SecretStore, props: ExternalSecretsProps): Secrets {
    return new Secrets((scope, id, context) => new ExternalSecrets(scope, id, context, store, props));
  }

  private constructor(
    /** @internal */
    public readonly _bind: (scope: Construct, id: string, context: IWorkloadContext) => ISecretSource,
  ) {}
}
