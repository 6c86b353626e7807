import type { ISecretKey } from '../kubernetes/secret-key';
import type { SystemSize } from '../kubernetes/workloads/resources';
import type { HomeserverConfig } from './config/homeserver-config';
import type { Federation } from './federation';
import type { ForeignRestore } from './foreign-restore';
import type { OidcProvider } from './oidc-provider';
import type { TurnServer } from './turn';

/** What is said of Synapse wherever it is put together: in `MatrixSynapse`, and in `MatrixChart`, which passes it on. */
export interface SynapseOptions {
  /** Stands in every user and room ID and can never change: `example.org`. */
  readonly serverName: string;
  /** Where clients reach the server: `https://matrix.example.org`. */
  readonly publicBaseUrl: string;
  /**
   * Accepts an IP address as server name, for tests and closed networks.
   *
   * @default false
   */
  readonly allowIpServerName?: boolean;
  /**
   * Settings of homeserver.yaml.
   *
   * @default HomeserverConfig.platform()
   */
  readonly config?: HomeserverConfig;
  /**
   * A further file of settings, from a Secret: for what Synapse takes only as text (`email.smtp_pass`, `password_config.pepper`,
   * `jwt_config.secret`, `modules` with credentials). A block in it replaces the whole block of the same name.
   * No way is opened for what stands here: `synapse.allowTo(peer, 'mail', 587)` does.
   *
   * @default - none
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
   */
  readonly secretConfig?: ISecretKey;
  /** @default Federation.CLOSED */
  readonly federation?: Federation;
  /** @default - people log in with passwords alone */
  readonly oidcProviders?: OidcProvider[];
  /**
   * Certificates of authorities that Synapse trusts beside the public ones, in one PEM file: of an OIDC issuer, another server
   * or a push gateway within your own network.
   *
   * @default - the public ones alone
   */
  readonly caCertificates?: ISecretKey;
  /** @default - calls are not relayed */
  readonly turn?: TurnServer;
  /**
   * Lets whoever knows the address of a file fetch it without a token, as the platform's frontend does. What it costs: an address that is
   * passed on, logged or guessed opens the file, for ever and for everybody. Files that were uploaded meanwhile stay so afterwards.
   *
   * @default false
   * @see https://spec.matrix.org/latest/client-server-api/#content-repository
   */
  readonly unauthenticatedMedia?: boolean;
  /**
   * What happens when the database was put back by other means than the restore of `MatrixBackups`: a snapshot, a dump, a managed
   * server's own. One-time keys that were handed out since are then there again, and nobody could read a message for one of them.
   *
   * @default ForeignRestore.EMPTY_ONE_TIME_KEYS
   * @see https://spec.matrix.org/latest/client-server-api/#one-time-and-fallback-keys
   */
  readonly afterForeignRestore?: ForeignRestore;
  /** How many people the system is for. @default SystemSize.SMALL */
  readonly size?: SystemSize;
  /** @default - the cluster's default class */
  readonly storageClass?: string;
  /**
   * Starts every name of a second system in one namespace: `training-`.
   *
   * @default - none
   */
  readonly namePrefix?: string;
}
