import type { IPeer } from '../../kubernetes/network/peer';
import type { ISecretKey } from '../../kubernetes/secret-key';

/** The SFU, which forwards pictures and sound between the participants of a call, as other parts see it. */
export interface ILivekit extends IPeer {
  /** URL for clients: `wss://calls.example.org/livekit/sfu`. */
  readonly publicUrl: string;
  /** Name of its Service for WebSockets. */
  readonly host: string;
  /** Name of its Service for the API, which also reaches it while clients are not let in. */
  readonly apiHost: string;
  /** Port of both. */
  readonly apiPort: number;
  /** Name of the key that signs tokens: their `iss`. */
  readonly apiKeyName: string;
  /** Secret of that key. */
  readonly apiSecret: ISecretKey;

  /** Allows a client to use the API, and the edge to forward WebSockets. */
  allowApiFrom(client: IPeer): void;
}
