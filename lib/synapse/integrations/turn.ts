import { Duration } from 'cdk8s';
import type { HomeserverSettings } from '../../../imports/homeserver';
import { checkedSecretKey, type ISecretKey } from '../../kubernetes/secret-key';

/**
 * A TURN server that relays calls, such as coturn with `use-auth-secret`.
 *
 * @see https://element-hq.github.io/synapse/latest/turn-howto.html
 */
export interface TurnServer {
  /** `turn:turn.example.org?transport=udp`, `turns:…`; at least one that relays. */
  readonly uris: string[];
  /** What the TURN server and Synapse both know. */
  readonly sharedSecret: ISecretKey;
  /** @default Duration.hours(1) */
  readonly userLifetime?: Duration;
}

/** File of the shared secret, in the folder of secrets. */
export const TURN_SECRET_FILE = 'turn_shared_secret';

/**
 * The TURN server for homeserver.yaml.
 *
 * @throws without a `turn:` or `turns:` URI: clients would be told of no server at all.
 */
export function turnSettings(turn: TurnServer | undefined, secrets: string): HomeserverSettings {
  if (!turn) {
    return {};
  }
  const wrong = turn.uris.find((uri) => !/^(turns?|stun):[^\s/]+$/.test(uri));
  if (wrong !== undefined || !turn.uris.some((uri) => uri.startsWith('turn'))) {
    throw new Error(
      `TURN uris ${JSON.stringify(turn.uris)} name no server that relays: write each as turn:host?transport=udp or turns:host:5349`,
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
