import type { Construct } from 'constructs';
import type { ISecretKey } from '../kubernetes/secret-key';
import type { IWorkloadContext } from '../kubernetes/workload-context';
import { ExistingSecrets } from './existing-secrets';
import { ExternalSecrets, type ExternalSecretsProps, type SecretStore } from './external-secrets';
import { GeneratedSecrets } from './generated-secrets';
import type { ISecretSource } from './secret-source';

/** Where the secrets of a system come from. */
export class Secrets {
  /** A Job generates in the cluster what is missing, and never changes what is there. */
  public static generated(): Secrets {
    return new Secrets((scope, id, context) => new GeneratedSecrets(scope, id, context));
  }

  /**
   * Secrets that the namespace has already, or will: pods wait for them.
   *
   * @param references each secret that the parts ask for: `signingKey`, `registrationSharedSecret`, `macaroonSecretKey`, `formSecret`,
   * `repositoryPassword`, `adminPassword`; for the in-cluster database `databasePassword` and `backupPassword`; optional is
   * `oldSigningKeys`, a YAML file with the block `old_signing_keys`. Synthesis names all that are missing or that nothing asks for.
   * @throws when one is not a reference.
   */
  public static existing(references: { [alias: string]: ISecretKey }): Secrets {
    // The references are checked here and now, and what is asked for is counted for each system anew.
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
