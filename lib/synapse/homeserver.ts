import type { Size } from 'cdk8s';
import type { IPeer } from '../kubernetes/network/peer';
import type { ISecretKey } from '../kubernetes/secret-key';

/** A homeserver, as the parts around it see it. */
export interface IMatrixHomeserver {
  /** Name that the proxy reaches it by. */
  readonly host: string;
  readonly clientPort: number;
  readonly federationPort: number;
  /** Whether it speaks with other servers. */
  readonly federates: boolean;
  /** Bytes of the largest file that it takes. */
  readonly maxUploadBytes: number;
  /** Name of the Deployment. */
  readonly workloadName: string;
  /** Labels that select its pod. */
  readonly podLabels: { [key: string]: string };
  /** Claim with the media, and its size. */
  readonly dataClaimName: string;
  readonly storage: Size;
  readonly signingKey: ISecretKey;
  /** Every Secret it reads, by the file it reads it from. */
  readonly secretFiles: { [path: string]: ISecretKey };
  /** Public parts of its earlier signing keys, which may be missing. @default - there are none */
  readonly oldSigningKeys?: ISecretKey;
  /** ConfigMap with `homeserver.yaml` and what belongs to it. */
  readonly configMapName: string;
  readonly image: string;
  /** User that owns its data. */
  readonly uid: number;
  /**
   * The setting that keeps accounts from being registered by shared secret and from logging in with a password, such as
   * `password_config.enabled: false`.
   *
   * @default - nothing does
   */
  readonly accountsBlockedBy?: string;
  /** Which database it writes to. */
  readonly databaseKey: string;

  /** Lets a proxy use the client API, and with it the admin API, and say from which address others come. */
  allowFrom(client: IPeer): void;

  /** Lets a proxy bring other servers, or a token service check OpenID tokens. */
  allowFederationFrom(proxy: IPeer): void;

  /**
   * Keeps the pod on the node of other pods: for MatrixBackups, which reads the claims of both.
   *
   * @param required false where another node will do when there is no room.
   * @internal
   */
  _runBeside(podLabels: { [key: string]: string }, required?: boolean): void;
}
