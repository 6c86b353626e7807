import type { CallClient } from '../web-client';
import type { LivekitOptions } from './livekit/livekit-options';
import type { TokenServiceOptions } from './token-service';

/** Options of `Calls.livekit`. */
export interface CallsOptions extends LivekitOptions {
  /**
   * Host of the calls, at the same Ingress or Gateway as the homeserver: `calls.example.org`.
   *
   * Clients join at `wss://<host>/livekit/sfu`, with a token from `https://<host>/livekit/jwt`.
   */
  readonly host: string;
  /** The service that gives tokens to members of rooms. @default - its defaults */
  readonly tokens?: TokenServiceOptions;
  /** The page that clients without one of their own show for calls. @default CallClient.none() */
  readonly callClient?: CallClient;
}
