import { checkedPublicHost } from '../../addresses/host';
import { isPort } from '../../addresses/port';
import { LIVEKIT_PORTS } from './livekit-config';
import type { MatrixLivekitProps } from './livekit-options';

/**
 * Checks the props of the SFU.
 *
 * @throws when ports, addresses or numbers are not valid, or do not fit together.
 */
export function checkLivekit(props: MatrixLivekitProps): void {
  const { publicHost, entry, relayPort, maxParticipants = 1, drain, webhookUrl } = props;
  checkedPublicHost('calls', publicHost);
  if (relayPort !== undefined) {
    checkRelay(relayPort, entry);
  }
  if (!Number.isInteger(maxParticipants) || maxParticipants < 1) {
    throw new Error(`maxParticipants must be a whole number from 1, got ${maxParticipants}: leave it out for 50`);
  }
  if (drain && (drain.toSeconds() < 10 || drain.toHours({ integral: false }) > 24)) {
    throw new Error(
      `drain must be from 10 seconds to 24 hours, got ${drain.toHumanString()}: leave it out for 10 minutes`,
    );
  }
  if (webhookUrl !== undefined && !(/^https?:\/\/\S+$/.test(webhookUrl) && URL.canParse(webhookUrl))) {
    throw new Error(`webhookUrl '${webhookUrl}' is not a valid URL: use one such as http://tokens:3010/sfu_webhook`);
  }
}

function checkRelay(port: number, { _onNodes, _udpPort, _publicAddress }: MatrixLivekitProps['entry']): void {
  if (_publicAddress === undefined) {
    throw new Error(
      `relayPort ${port} needs the address of the SFU, because it relays to no other: set publicAddress of LivekitEntry.nodePorts`,
    );
  }
  const [first, last] = _onNodes ? [30_000, 32_767] : [1024, 65_535];
  const taken = [_udpPort, ...Object.values(LIVEKIT_PORTS).map(({ number }) => number)];
  if (!isPort(port) || port < first || port > last || taken.includes(port) || (port >= 40_000 && port <= 40_399)) {
    throw new Error(
      `relayPort ${port} is not valid: use a whole number from ${first} to ${last} that no other port of the SFU has, such as 30004`,
    );
  }
}
