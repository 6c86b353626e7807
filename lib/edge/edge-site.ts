import type { Size } from 'cdk8s';
import type { IPeer } from '../kubernetes/network/peer';

/** A server behind a site; a part of the system, or a Service in the same namespace. */
export interface ISiteServer {
  /** Name of its Service. */
  readonly host: string;
  /** Port of its Service, which is that of its pods too. */
  readonly port: number;

  /** Allows the edge to connect. */
  allowFrom(edge: IPeer): void;
}

/** Requests of a site that go to one server. */
export interface SiteRoute {
  /** Path prefix, by whole segments: `/livekit/jwt`, or `/` for all. The longest one that fits wins. */
  readonly path: string;
  /** The server that answers. */
  readonly server: ISiteServer;
  /** Beginning of `path` that the server does not get to see. @default - none */
  readonly stripPrefix?: string;
  /**
   * Whether requests may become WebSockets.
   *
   * They may be silent for an hour.
   *
   * @default false
   */
  readonly webSockets?: boolean;
  /** Largest body of a request. @default Size.kibibytes(64) */
  readonly maxBody?: Size;
}

/**
 * A host that the edge serves beside the homeserver's, such as that of calls or of a web client.
 *
 * Paths that no route has are answered with 404.
 */
export interface EdgeSite {
  /** Host name, another one than the homeserver's, because its pages could read what users of that one store. */
  readonly host: string;
  /** Its routes. */
  readonly routes: SiteRoute[];
}
