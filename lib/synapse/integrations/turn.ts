import { Duration } from 'cdk8s';
import type { HomeserverSettings } from '../../../imports/homeserver';
import { checkedSecretKey, type ISecretKey } from '../../kubernetes/secret-key';

/**
 * A TURN server that relays calls, such as coturn with `use-auth-secret`.
 *
 * @see https://element-hq.github.io/synapse/latest/turn-howto.html
 */
export interface TurnServer {
  /** `turn:turn.example.org?transport=udp` or `turns:turn.example.org:5349`; `stun:` only beside one of these. */
  readonly uris: string[];
  /** Secret that the TURN server and Synapse share. */
  readonly sharedSecret: ISecretKey;
  /** How long the credentials that a client gets are valid. @default Duration.hours(1) */
  readonly userLifetime?: Duration;
}

/** File of the shared secret, in the secrets folder. */
export const TURN_SECRET_FILE = 'turn_shared_secret';

/**
 * The settings of the TURN server for homeserver.yaml.
 *
 * @throws when a URI is not valid, or none is a `turn:` or `turns:` URI, because clients then could not relay calls.
 */
export function turnSettings(turn: TurnServer | undefined, secrets: string): HomeserverSettings {
  if (!turn) {
    return {};
  }
  const wrong = turn.uris.find((uri) => !/^(turns?|stun):[^\s/]+$/.test(uri));
  if (wrong !== undefined || !turn.uris.some((uri) => uri.startsWith('turn'))) {
    throw new Error(
      `TURN uris ${JSON.stringify(turn.uris)} must be turn:, turns: or stun: URIs, and at least one turn: or turns: ` +
        'use turn:host?transport=udp or turns:host:5349',
    );
  }
  checkedSecretKey(turn.sharedSecret, 'sharedSecret of the TURN server');
  return {
    turn_uris: turn.uris,
    turn_shared_secret_path: `${secrets}/${TURN_SECRET_FILE}`,
    turn_user_lifetime: `${(turn.userLifetime ?? Duration.hours(1)).toSeconds()}s`,
    turn_allow_guests: false,
  };
}
