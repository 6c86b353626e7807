import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  ExternalSecret,
  ExternalSecretSpecSecretStoreRefKind,
  ExternalSecretSpecTargetCreationPolicy,
} from '../../imports/external-secrets.io';
import { labelsOf } from '../kubernetes/metadata/labels';
import { objectName } from '../kubernetes/metadata/names';
import { secretNames } from './secret-names';
import type { SecretsContext, SystemSecrets } from './system-secrets';

/**
 * A store that the External Secrets Operator reads from.
 *
 * @see https://external-secrets.io/latest/api/secretstore/
 */
export class SecretStore {
  /** A store of the system's namespace. */
  public static namespaced(name: string): SecretStore {
    return new SecretStore(name, ExternalSecretSpecSecretStoreRefKind.SECRET_STORE);
  }

  /** A store for the whole cluster. */
  public static cluster(name: string): SecretStore {
    return new SecretStore(name, ExternalSecretSpecSecretStoreRefKind.CLUSTER_SECRET_STORE);
  }

  private constructor(
    public readonly name: string,
    /** @internal */
    public readonly kind: ExternalSecretSpecSecretStoreRefKind,
  ) {}
}

/** Props of `MatrixSecrets.external`. */
export interface ExternalSecretsProps {
  /**
   * Entry of the store. Its properties are `signing_key`, `registration_shared_secret`, `macaroon_secret_key`, `form_secret`,
   * for the in-cluster database `database_password`, `backup_password` and `repository_password`, and for the first administrator
   * `admin_password`.
   */
  readonly remoteKey: string;
  /**
   * How often the store is asked again.
   *
   * @default Duration.hours(1)
   */
  readonly refreshInterval?: Duration;
}

/** Renders one ExternalSecret for each Secret of the system. */
export function renderExternalSecrets(
  scope: Construct,
  id: string,
  props: ExternalSecretsProps & SecretsContext & { readonly store: SecretStore },
): SystemSecrets {
  if (!props.remoteKey) {
    throw new Error(
      `remoteKey '${props.remoteKey}' names no entry of the store: write where the secrets are, such as 'matrix/production'`,
    );
  }
  const secrets = secretNames(props);
  const labels = labelsOf({
    app: objectName(props.namePrefix, 'matrix-secrets'),
    component: 'secrets',
    namePrefix: props.namePrefix,
  });
  const group = new Construct(scope, id);
  for (const name of new Set(Object.values(secrets).map((secret) => secret.secretName))) {
    const entries = Object.entries(secrets).filter(([, secret]) => secret.secretName === name);
    new ExternalSecret(group, name, {
      metadata: { name, labels },
      spec: {
        secretStoreRef: { name: props.store.name, kind: props.store.kind },
        refreshInterval: `${(props.refreshInterval ?? Duration.hours(1)).toSeconds()}s`,
        target: { name, creationPolicy: ExternalSecretSpecTargetCreationPolicy.OWNER },
        data: entries.map(([what, secret]) => ({
          secretKey: secret.key,
          remoteRef: { key: props.remoteKey, property: what.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) },
        })),
      },
    });
  }
  return secrets;
}
