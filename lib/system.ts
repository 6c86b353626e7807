import { Construct } from 'constructs';
import { checkedBaseUrl } from './addresses/base-url';
import { checkedHostAndPort } from './addresses/host';
import { checkServerName } from './addresses/server-name';
import { checked } from './kubernetes/checks/checked';
import { unescapedTemplates } from './kubernetes/helm-templates';
import type { Image } from './kubernetes/images/image';
import { ImageSource } from './kubernetes/images/image-source';
import type { k8s } from './kubernetes/k8s';
import type { WorkloadLabels } from './kubernetes/metadata/labels';
import { objectName } from './kubernetes/metadata/names';
import { checkUniqueNames } from './kubernetes/metadata/objects';
import { DefaultDeny } from './kubernetes/network/default-deny';
import type { PodOptions } from './kubernetes/pod-options';
import type { ISecretKey } from './kubernetes/secret-key';
import type { IWorkloadContext } from './kubernetes/workload-context';
import { type HardenedPodProps, hardenedPod } from './kubernetes/workloads/hardened-pod';
import { aliasOf, type SecretKind, type SecretOptions, type SecretRequest } from './secrets/secret-request';
import type { ISecretSource } from './secrets/secret-source';
import { Secrets } from './secrets/secrets';
import { SystemSize } from './system-size';

/** Facts about a system that several parts need. */
export interface SystemProps {
  /** Server name in every user and room ID, such as `example.org`. It can never change. */
  readonly serverName: string;
  /** URL at which clients reach the server, such as `https://matrix.example.org`. */
  readonly publicBaseUrl: string;
  /** Host and port at which other servers reach this one. @default - those of `publicBaseUrl`, or port 443 */
  readonly federationHost?: string;
  /** Accepts an IP address as the server name, for tests and closed networks. @default false */
  readonly allowIpServerName?: boolean;
  /** How many people the system serves. @default SystemSize.SMALL */
  readonly size?: SystemSize;
  /** Storage class of every claim. @default - the cluster's default class */
  readonly storageClass?: string;
  /** Prefix of every object's name, for a second system in one namespace, such as `training-`. @default - none */
  readonly namePrefix?: string;
  /** Where images are pulled from. @default ImageSource.upstream() */
  readonly images?: ImageSource;
  /** Where secrets come from. @default Secrets.generated() */
  readonly secrets?: Secrets;
  /** Options for all pods. @default - none */
  readonly pods?: PodOptions;
}

/** Gives every part the system's names, addresses, images, size, storage class, pod options and secrets. */
@checked
export class System extends Construct implements IWorkloadContext {
  /** Server name in every user and room ID. */
  public readonly serverName: string;
  /** URL at which clients reach the server, without a trailing slash. */
  public readonly publicBaseUrl: string;
  /** Host and port at which other servers reach this one. */
  public readonly federationHost: string;
  /** How many people the system serves. */
  public readonly size: SystemSize;
  /** Storage class of every claim; undefined for the cluster's default. */
  public readonly storageClass?: string;
  /** Prefix of every object's name; may be empty. */
  public readonly namePrefix: string;
  private readonly images: ImageSource;
  private readonly pods: PodOptions;
  /** @internal */
  public readonly _source: ISecretSource;
  /** @internal */
  public readonly _hasDataOn = (claimName: string): void => this._source.belongsTo(claimName);
  private readonly used = new Set<string>();
  private readonly asked = new Map<string, string>();

  constructor(scope: Construct, id: string, props: SystemProps) {
    super(scope, id);
    checkServerName(props.serverName, props.allowIpServerName);
    this.serverName = props.serverName;
    this.publicBaseUrl = checkedBaseUrl('publicBaseUrl', props.publicBaseUrl);
    this.federationHost = federationHostOf(this.publicBaseUrl, props.federationHost);
    this.size = props.size ?? SystemSize.SMALL;
    this.storageClass = props.storageClass;
    this.namePrefix = props.namePrefix ?? '';
    this.images = props.images ?? ImageSource.upstream();
    this.pods = props.pods ?? {};
    new DefaultDeny(this, 'DefaultDeny', this.labels('matrix-default-deny', 'network'));
    checkUniqueNames(this);
    this._source = (props.secrets ?? Secrets.generated())._bind(this, 'Secrets', this);
    const problems = () => [...this.images._unused([...this.used].sort()), ...this._source.problems()];
    this.node.addValidation({ validate: () => [...problems(), ...unescapedTemplates(this.node.root)] });
  }

  /** Returns the full name of an object: the prefix, then the name. */
  public objectName(name: string, maxLength?: number): string {
    return objectName(this.namePrefix, name, maxLength);
  }

  /** Returns the labels of a workload and its objects. The name is the workload's, without the prefix. */
  public labels(name: string, component: string, maxLength?: number): WorkloadLabels {
    const { labels: podLabels, annotations: podAnnotations } = this.pods;
    return { app: this.objectName(name, maxLength), component, namePrefix: this.namePrefix, podLabels, podAnnotations };
  }

  /** Returns the reference from which an image is pulled. */
  public image(image: Image): string {
    this.used.add(image.name);
    return this.images._reference(image);
  }

  /** @internal */
  public _pod(props: HardenedPodProps): k8s.PodSpec {
    return hardenedPod(props, this.images._pullSecrets, this.pods);
  }

  /**
   * Requests a secret that a part needs. The secret source renders what was requested.
   *
   * @param secretName name of the Secret without the prefix, such as `matrix-turn-secret`.
   * @param key key within its data, such as `shared_secret`.
   * @throws when the secret was requested before with other options, or another secret has the same alias.
   */
  public secret(secretName: string, key: string, kind: SecretKind, options: SecretOptions = {}): ISecretKey {
    const request = { secretName: this.objectName(secretName), key, kind, options };
    this.checkRequest(request, JSON.stringify([kind, options]));
    return this._source.secret(request);
  }

  /** Requests a secret that may be missing; undefined when the source cannot hold it. */
  public optionalSecret(secretName: string, key: string, options: SecretOptions = {}): ISecretKey | undefined {
    const request = { secretName: this.objectName(secretName), key, options };
    this.checkRequest(request, JSON.stringify([options]));
    return this._source.optionalSecret(request);
  }

  /** Checks requests the same way for every source, so that one source can replace another. */
  private checkRequest(request: SecretRequest, description: string): void {
    const alias = `alias '${aliasOf(request)}'`;
    const secret = `key '${request.key}' of Secret '${request.secretName}'`;
    if ((this.asked.get(secret) ?? description) !== description) {
      throw new Error(`${secret} is requested twice with different options: use another key for one of them`);
    }
    const other = this.asked.get(alias) ?? secret;
    if (other !== secret) {
      throw new Error(`${alias} belongs to both ${other} and ${secret}: use another alias for one of them`);
    }
    this.asked.set(secret, description).set(alias, secret);
  }
}

function federationHostOf(publicBaseUrl: string, given?: string): string {
  const { hostname, port } = new URL(publicBaseUrl);
  // Servers always use TLS between each other, even when clients in a closed network do not.
  return given === undefined ? `${hostname}:${port || '443'}` : checkedHostAndPort('federationHost', given);
}
