import { Construct } from 'constructs';
import { checkedBaseUrl } from './addresses/base-url';
import { checkedHostAndPort } from './addresses/host';
import { checkServerName } from './addresses/server-name';
import type { Image } from './kubernetes/images/image';
import { ImageSource } from './kubernetes/images/image-source';
import type { k8s } from './kubernetes/k8s';
import type { WorkloadLabels } from './kubernetes/metadata/labels';
import { objectName } from './kubernetes/metadata/names';
import { checkUniqueNames } from './kubernetes/metadata/objects';
import type { PodOptions } from './kubernetes/pod-options';
import type { ISecretKey } from './kubernetes/secret-key';
import type { IWorkloadContext } from './kubernetes/workload-context';
import { type HardenedPodProps, hardenedPod } from './kubernetes/workloads/hardened-pod';
import { aliasOf, type SecretKind, type SecretOptions, type SecretRequest } from './secrets/secret-request';
import type { ISecretSource } from './secrets/secret-source';
import { Secrets } from './secrets/secrets';
import { SystemSize } from './system-size';

/** What two parts or more need to know of a system. */
export interface SystemProps {
  /** Part of every user and room ID, and can never change: `example.org`. */
  readonly serverName: string;
  /** Where clients reach the server: `https://matrix.example.org`. */
  readonly publicBaseUrl: string;
  /** Where other servers reach this one, with its port. @default - host and port of `publicBaseUrl`, or port 443 when it names none */
  readonly federationHost?: string;
  /** Accepts an IP address as server name, for tests and closed networks. @default false */
  readonly allowIpServerName?: boolean;
  /** How many people the system is for. @default SystemSize.SMALL */
  readonly size?: SystemSize;
  /** Class of every claim. @default - the cluster's default class */
  readonly storageClass?: string;
  /** Starts every name of a second system in one namespace: `training-`. @default - none */
  readonly namePrefix?: string;
  /** Where images are pulled from. @default ImageSource.upstream() */
  readonly images?: ImageSource;
  /** Where secrets come from. @default Secrets.generated() */
  readonly secrets?: Secrets;
  /** What all pods have in common. @default - nothing besides their hardening */
  readonly pods?: PodOptions;
}

/** What every part is given: names, addresses, images, size, storage class, pods' common fields, and the secrets it asks for. */
export class System extends Construct implements IWorkloadContext {
  /** Part of every user and room ID. */
  public readonly serverName: string;
  /** Where clients reach the server, without a slash at the end. */
  public readonly publicBaseUrl: string;
  /** Where other servers reach this one, with its port. */
  public readonly federationHost: string;
  /** How many people the system is for. */
  public readonly size: SystemSize;
  /** Class of every claim; undefined for the cluster's default. */
  public readonly storageClass?: string;
  /** How the name of every object starts. */
  public readonly namePrefix: string;
  private readonly images: ImageSource;
  private readonly pods: PodOptions;
  private readonly source: ISecretSource;
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
    checkUniqueNames(this);
    this.node.addValidation({ validate: () => this.images._unused([...this.used].sort()) });
    this.source = (props.secrets ?? Secrets.generated())._bind(this, 'Secrets', this);
    this.node.addValidation({ validate: () => this.source.problems() });
  }

  /** The name of an object: the contract's name, after the prefix. */
  public objectName(name: string, maxLength?: number): string {
    return objectName(this.namePrefix, name, maxLength);
  }

  /** Labels of a workload and its objects, under the workload's name without the prefix. */
  public labels(name: string, component: string, maxLength?: number): WorkloadLabels {
    const { labels: podLabels, annotations: podAnnotations } = this.pods;
    return { app: this.objectName(name, maxLength), component, namePrefix: this.namePrefix, podLabels, podAnnotations };
  }

  /** The reference to pull an image by. */
  public image(image: Image): string {
    this.used.add(image.name);
    return this.images._reference(image);
  }

  /** @internal */
  public _pod(props: HardenedPodProps): k8s.PodSpec {
    return hardenedPod(props, this.images._pullSecrets, this.pods);
  }

  /**
   * A secret that a part needs. Its source renders what was asked for.
   *
   * @param secretName name of the Secret without the prefix: `matrix-turn-secret`.
   * @param key key within its data: `shared_secret`.
   * @throws when it was asked for in another way before, or another one has its alias.
   */
  public secret(secretName: string, key: string, kind: SecretKind, options: SecretOptions = {}): ISecretKey {
    const request = { secretName: this.objectName(secretName), key, kind, options };
    this.checkRequest(request, JSON.stringify([kind, options]));
    return this.source.secret(request);
  }

  /** A secret that may be missing, at first or for ever; undefined where the source has no place for it. */
  public optionalSecret(secretName: string, key: string, options: SecretOptions = {}): ISecretKey | undefined {
    const request = { secretName: this.objectName(secretName), key, options };
    this.checkRequest(request, JSON.stringify([options]));
    return this.source.optionalSecret(request);
  }

  /** Whatever the source, so that it can be exchanged: of two descriptions it would know one, and an alias stands for one secret. */
  private checkRequest(request: SecretRequest, description: string): void {
    const alias = `alias '${aliasOf(request)}'`;
    const secret = `key '${request.key}' of Secret '${request.secretName}'`;
    if ((this.asked.get(secret) ?? description) !== description) {
      throw new Error(`${this.node.path}: ${secret} is asked for twice and differently: give one of them another key`);
    }
    const other = this.asked.get(alias) ?? secret;
    if (other !== secret) {
      throw new Error(
        `${this.node.path}: ${alias} is that of ${other} and of ${secret}: give one of them another alias`,
      );
    }
    this.asked.set(secret, description).set(alias, secret);
  }
}

function federationHostOf(publicBaseUrl: string, given?: string): string {
  const { hostname, port } = new URL(publicBaseUrl);
  // Servers speak TLS to each other, also where clients in a closed network do not.
  return given === undefined ? `${hostname}:${port || '443'}` : checkedHostAndPort('federationHost', given);
}
