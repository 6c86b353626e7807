import { type Check, type Finding, fail, ok, orOk } from '../check';
import type { Place } from '../facts/public-places';

const FIREWALL = 'docs/how-to/turn.md#the-firewall';

/** How clients reach a TURN server. */
export interface TurnPlace extends Place {
  readonly udp: boolean;
}

/** Whether the TURN server answers, whose addresses clients get. */
export const turn: Check = {
  name: 'turn',
  fromOutside: true,
  look: async ({ homeserver, outside }) => {
    const uris = homeserver.settings.turn_uris ?? [];
    const problems = uris.map(async (uri): Promise<Finding[]> => {
      const place = turnPlace(uri);
      if (!place) {
        return [fail(`'${uri}' of turn_uris is not a valid URI: use one such as turn:turn.example.org:3478`, FIREWALL)];
      }
      const { host, port, udp } = place;
      const problem = await (udp ? outside.stun(host, port) : outside.connect(host, port));
      return problem ? [fail(`calls are not relayed by ${uri}: ${problem}`, FIREWALL)] : [];
    });
    const found = (await Promise.all(problems)).flat();
    return uris.length === 0 ? [ok('the homeserver names no TURN server')] : orOk(found, `${uris.join(', ')} answer`);
  },
};

/** @see https://datatracker.ietf.org/doc/html/rfc7065 */
export function turnPlace(uri: string): TurnPlace | undefined {
  const [, secure, host, port, transport] =
    /^turn(s)?:(\[[^\]]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(udp|tcp))?$/.exec(uri) ?? [];
  return host
    ? {
        host: host.replace(/^\[|\]$/g, ''),
        port: Number(port ?? (secure ? 5349 : 3478)),
        udp: !secure && transport !== 'tcp',
      }
    : undefined;
}
