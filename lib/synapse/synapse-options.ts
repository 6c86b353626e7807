import type { Size } from 'cdk8s';
import type { ISecretKey } from '../kubernetes/secret-key';
import type { Resources } from '../kubernetes/workloads/resources';
import type { HomeserverConfig } from './config/homeserver-config';
import type { Federation } from './integrations/federation';
import type { OidcProvider } from './integrations/oidc-provider';
import type { TurnServer } from './integrations/turn';
import type { SynapsePorts } from './ports';
import type { OutOfBandRestore } from './start/out-of-band-restore';

/** What can be set for Synapse. */
export interface SynapseOptions {
  /**
   * Settings of homeserver.yaml.
   *
   * @default HomeserverConfig.recommended()
   */
  readonly config?: HomeserverConfig;
  /**
   * A further file of settings, from a Secret: for what Synapse takes only as text (`email.smtp_pass`, `password_config.pepper`,
   * `jwt_config.secret`, `modules` with credentials). A block in it replaces the whole block of the same name.
   * No network policy follows from it: open the way with `synapse.allowTo(peer, 'mail', 587)`.
   *
   * @default - none
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
   */
  readonly secretConfig?: ISecretKey;
  /** With which other servers rooms are shared. @default Federation.CLOSED */
  readonly federation?: Federation;
  /** Providers that people log in with. @default - they log in only with passwords */
  readonly oidcProviders?: OidcProvider[];
  /**
   * Certificates of authorities that Synapse trusts beside the public ones, in one PEM file: of an OIDC issuer, another server
   * or a push gateway within a private network.
   *
   * @default - only the public ones
   */
  readonly caCertificates?: ISecretKey;
  /** A TURN server for calls. @default - calls are not relayed */
  readonly turn?: TurnServer;
  /**
   * Lets everyone who knows the address of a file fetch it without a token, as the platform's frontend does. What it costs: an address that
   * is passed on, logged or guessed opens the file, for ever and for everyone. Files that were uploaded meanwhile stay so afterwards.
   *
   * @default false
   * @see https://spec.matrix.org/latest/client-server-api/#content-repository
   */
  readonly unauthenticatedMedia?: boolean;
  /**
   * What happens when the database was restored out of band: by a snapshot, a dump, a managed server's own restore. One-time keys that were
   * handed out since are then there again, and a message for one of them could not be read.
   *
   * @default OutOfBandRestore.EMPTY_ONE_TIME_KEYS
   * @see https://spec.matrix.org/latest/client-server-api/#one-time-and-fallback-keys
   */
  readonly afterOutOfBandRestore?: OutOfBandRestore;
  /** Size of the claim with the media. @default 10Gi */
  readonly mediaStorage?: Size;
  /** Ports of the pod and its Service. @default - 8008, 8009 and 9000 */
  readonly ports?: SynapsePorts;
  /** What the server asks for, and ends at. @default - by the size of the system */
  readonly resources?: Resources;
}
