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

/** A server that is asked before a request is let through. */
export interface SiteGate {
  /** The server; it may be one that answers requests as well. */
  readonly server: ISiteServer;
  /**
   * Path at which it is asked by GET, with the token of the request as `Authorization: Bearer …`.
   *
   * It answers 200 to let the request through; 401, 403 and 429 are passed on, and anything else becomes 503.
   */
  readonly path: string;
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
  /**
   * Decides by the token of each request whether it is let through.
   *
   * The token is that of the header `Authorization`, or else `access_token` of the query. The server that answers gets the
   * one that was asked about, in the header. Requests by OPTIONS pass, because a browser's preflight carries no token.
   *
   * @default - all requests are let through
   */
  readonly gate?: SiteGate;
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
