import { ApiObject, Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import {
  ExternalSecret,
  type ExternalSecretSpec,
  ExternalSecretSpecDataRemoteRefConversionStrategy,
  ExternalSecretSpecDataRemoteRefDecodingStrategy,
  ExternalSecretSpecDataRemoteRefMetadataPolicy,
  ExternalSecretSpecSecretStoreRefKind,
  ExternalSecretSpecTargetCreationPolicy,
  toJson_ExternalSecretSpec,
} from '../../imports/external-secrets.io';
import { checked } from '../kubernetes/checks/checked';
import { labelsOf } from '../kubernetes/metadata/labels';
import type { ISecretKey } from '../kubernetes/secret-key';
import type { IWorkloadContext } from '../kubernetes/workload-context';
import { aliasOf, type SecretRequest } from './secret-request';
import type { ISecretSource } from './secret-source';

/**
 * A store from which the External Secrets Operator reads.
 *
 * @see https://external-secrets.io/latest/api/secretstore/
 */
@checked
export class SecretStore {
  /** A SecretStore in the system's namespace. */
  public static namespaced(name: string): SecretStore {
    return new SecretStore(name, ExternalSecretSpecSecretStoreRefKind.SECRET_STORE);
  }

  /** A ClusterSecretStore. */
  public static cluster(name: string): SecretStore {
    return new SecretStore(name, ExternalSecretSpecSecretStoreRefKind.CLUSTER_SECRET_STORE);
  }

  private constructor(
    /** Name of the store. */
    public readonly name: string,
    /** @internal */
    public readonly _kind: ExternalSecretSpecSecretStoreRefKind,
  ) {}
}

/** Props of `Secrets.external`. */
export interface ExternalSecretsProps {
  /**
   * Entry of the store that has the secrets as properties.
   *
   * The properties are `signing_key`, `registration_shared_secret`, `macaroon_secret_key`, `form_secret`,
   * `repository_password` and `admin_password`, and for the in-cluster database `database_password` and
   * `backup_password`.
   */
  readonly remoteKey: string;
  /** How often the operator reads the store. @default Duration.hours(1) */
  readonly refreshInterval?: Duration;
}

/** One ExternalSecret for each Secret that the parts request. */
export class ExternalSecrets extends Construct implements ISecretSource {
  private readonly requests = new Map<string, Map<string, SecretRequest>>();

  constructor(
    scope: Construct,
    id: string,
    private readonly context: IWorkloadContext,
    private readonly store: SecretStore,
    private readonly props: ExternalSecretsProps,
  ) {
    super(scope, id);
    if (!props.remoteKey) {
      throw new Error(
        `remoteKey '${props.remoteKey}' is not a valid entry of the store: use the one with the secrets, such as 'matrix/production'`,
      );
    }
  }

  public secret(request: SecretRequest): ISecretKey {
    const { secretName, key } = request;
    const keys = this.requests.get(secretName) ?? this.render(secretName);
    this.requests.set(secretName, keys.set(key, request));
    return { secretName, key };
  }

  public optionalSecret(): undefined {
    return undefined;
  }

  public belongsTo(): void {
    // Nothing is generated.
  }

  public rotations(): string[] {
    return [];
  }

  public problems(): string[] {
    return [];
  }

  private render(name: string): Map<string, SecretRequest> {
    const keys = new Map<string, SecretRequest>();
    new ApiObject(this, name, {
      ...ExternalSecret.GVK,
      metadata: { name, labels: labelsOf(this.context.labels('matrix-secrets', 'secrets')) },
      spec: Lazy.any({ produce: () => toJson_ExternalSecretSpec(this.spec(name, [...keys.values()])) }),
    });
    return keys;
  }

  private spec(name: string, requests: SecretRequest[]): ExternalSecretSpec {
    return {
      secretStoreRef: { name: this.store.name, kind: this.store._kind },
      refreshInterval: `${(this.props.refreshInterval ?? Duration.hours(1)).toSeconds()}s`,
      target: { name, creationPolicy: ExternalSecretSpecTargetCreationPolicy.OWNER },
      data: requests.map((request) => ({
        secretKey: request.key,
        remoteRef: {
          key: this.props.remoteKey,
          property: aliasOf(request).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
          // Defaults that earlier versions of the operator add, which GitOps tools would see as a difference.
          conversionStrategy: ExternalSecretSpecDataRemoteRefConversionStrategy.DEFAULT,
          decodingStrategy: ExternalSecretSpecDataRemoteRefDecodingStrategy.NONE,
          metadataPolicy: ExternalSecretSpecDataRemoteRefMetadataPolicy.NONE,
        },
      })),
    };
  }
}
