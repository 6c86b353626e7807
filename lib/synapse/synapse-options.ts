import type { Size } from 'cdk8s';
import type { ISecretKey } from '../kubernetes/secret-key';
import type { Resources } from '../kubernetes/workloads/resources';
import type { IMatrixDatabase } from '../postgres/database';
import type { System } from '../system';
import type { HomeserverConfig } from './config/homeserver-config';
import type { Federation } from './integrations/federation';
import type { OidcProvider } from './integrations/oidc-provider';
import type { TurnServer } from './integrations/turn';
import type { OutOfBandRestore } from './main/out-of-band-restore';
import type { MediaStorage } from './media/media-storage';
import type { SynapsePorts } from './ports';
import type { Workers } from './workers/workers';

/** Options of Synapse. */
export interface SynapseOptions {
  /**
   * Settings of homeserver.yaml.
   *
   * @default HomeserverConfig.recommended()
   */
  readonly config?: HomeserverConfig;
  /**
   * A further settings file, from a Secret, for secrets that Synapse reads only from its settings.
   *
   * Such secrets are `email.smtp_pass`, `password_config.pepper`, `jwt_config.secret` and credentials in `modules`. A
   * block in it replaces the whole block of the same name. No network policy follows from it: allow connections with
   * `synapse.allowTo(peer, 'mail', 587)`.
   *
   * @default - none
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
   */
  readonly secretConfig?: ISecretKey;
  /** The other servers that this one shares rooms with. @default Federation.CLOSED */
  readonly federation?: Federation;
  /** OpenID Connect providers that users log in with. @default - users log in only with passwords */
  readonly oidcProviders?: OidcProvider[];
  /**
   * Certificates of private CAs that Synapse trusts beside the public ones, in one PEM file.
   *
   * Needed for an OIDC issuer, another server or a push gateway with a certificate of a private CA.
   *
   * @default - only public CAs
   */
  readonly caCertificates?: ISecretKey;
  /**
   * Serves media without an access token, as the platform's frontend requests it.
   *
   * The cost: a media URL that is forwarded, logged or guessed gives access to the file, without an expiry. Files that
   * are uploaded while this is on stay accessible after it is turned off.
   *
   * @default false
   * @see https://spec.matrix.org/latest/client-server-api/#content-repository
   */
  readonly unauthenticatedMedia?: boolean;
  /**
   * What happens after an out-of-band restore of the database: from a snapshot, from a dump, or by a managed server.
   *
   * Such a restore brings back one-time keys that were handed out since. A message encrypted with one of them could
   * not be decrypted.
   *
   * @default OutOfBandRestore.EMPTY_ONE_TIME_KEYS
   * @see https://spec.matrix.org/latest/client-server-api/#one-time-and-fallback-keys
   */
  readonly afterOutOfBandRestore?: OutOfBandRestore;
  /**
   * Version of Synapse that runs now, such as `1.163.2`: an image that cannot use its database fails at synthesis.
   *
   * @default - only the start of Synapse refuses a database whose schema is too new for it
   * @see https://element-hq.github.io/synapse/latest/upgrade.html#rolling-back-to-older-versions
   */
  readonly deployedVersion?: string;
  /** Where the files are that people send. @default MediaStorage.claim() */
  readonly media?: MediaStorage;
  /** Size of the claim with the media. @default 10Gi */
  readonly mediaStorage?: Size;
  /** Ports of the pod and its Service. @default - 8008, 8009 and 9000 */
  readonly ports?: SynapsePorts;
  /** Resource requests and limits of the server. @default - by the size of the system */
  readonly resources?: Resources;
}

/** Props of `MatrixSynapse`. */
export interface MatrixSynapseProps extends SynapseOptions {
  /** System that the homeserver belongs to. */
  readonly system: System;
  /** Database of everything but media. */
  readonly database: IMatrixDatabase;
  /** A TURN server that relays calls. @default - calls are not relayed */
  readonly turn?: TurnServer;
  /** URL at which clients get tokens for calls in rooms, that of MatrixCalls. @default - no calls in rooms */
  readonly callServiceUrl?: string;
  /** Which work is done by processes of their own. @default Workers.none() */
  readonly workers?: Workers;
  /**
   * Whether the token service of calls may ask who is in a room, and nothing else.
   *
   * @default false
   */
  readonly membershipLookup?: boolean;
}
