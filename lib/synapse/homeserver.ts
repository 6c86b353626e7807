import type { Size } from 'cdk8s';
import type { IPeer } from '../kubernetes/network/peer';
import type { ISecretKey } from '../kubernetes/secret-key';
import type { WorkerBackend } from './workers/worker-backend';

/** A homeserver, as the other parts of a system see it. */
export interface IMatrixHomeserver {
  /** Name of the Service that the proxy connects to. */
  readonly host: string;
  /** Port of the client API, which includes media and the admin API. */
  readonly clientPort: number;
  /** Port of federation and of OpenID tokens. */
  readonly federationPort: number;
  /** Whether it federates with other servers. */
  readonly federates: boolean;
  /** Size limit of an upload, in bytes. */
  readonly maxUploadBytes: number;
  /** Whether anyone may download media, without an access token. */
  readonly publicMedia: boolean;
  /** Whether users may make it ask identity servers about addresses and phone numbers. */
  readonly asksIdentityServers: boolean;
  /** Whether clients get a TURN server that relays their calls. */
  readonly relaysCalls: boolean;
  /** Name of the Deployment. */
  readonly workloadName: string;
  /** Labels that select its pod. */
  readonly podLabels: { [key: string]: string };
  /** Claim with the media. */
  readonly dataClaimName: string;
  /** Size of the claim with the media. */
  readonly storage: Size;
  /** Bucket with the media, such as `s3:https://s3.example.org/matrix-media`. @default - they are on the claim */
  readonly mediaBucket?: string;
  /** Token of the application service that may ask who is in a room. @default - none may */
  readonly lookupToken?: ISecretKey;
  /** Secret with its present signing key. */
  readonly signingKey: ISecretKey;
  /** Every Secret it reads, by file name in its secrets folder. */
  readonly secretFiles: { [path: string]: ISecretKey };
  /** Public parts of its earlier signing keys, in a Secret that may lack them. @default - no rotation keeps them */
  readonly oldSigningKeys?: ISecretKey;
  /** ConfigMap with `homeserver.yaml` and the scripts beside it. */
  readonly configMapName: string;
  /** Reference of its container image. */
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
  /** Its workers that answer requests. */
  readonly workerBackends: WorkerBackend[];
  /** The workloads of its workers, such as `statefulset/matrix-synapse-typing`. */
  readonly workerWorkloads: string[];
  /** Key of the database that it writes to. */
  readonly databaseKey: string;

  /** Allows a proxy to use the client API and the admin API. Synapse trusts the client address that it reports. */
  allowFrom(client: IPeer): void;

  /** Allows a proxy to forward requests of other servers and token services. */
  allowFederationFrom(proxy: IPeer): void;

  /** Allows the token service of calls to ask who is in a room, and whose an OpenID token is. */
  allowLookupsFrom(service: IPeer): void;

  /**
   * Schedules the pod on the node of other pods, because MatrixBackups reads the claims of both.
   *
   * @param required false where another node is acceptable when that one is full.
   * @internal
   */
  _runBeside(podLabels: { [key: string]: string }, required?: boolean): void;

  /**
   * Keeps it from starting on an empty database, which a move is to fill.
   *
   * @internal
   */
  _awaitMove(): void;
}
