import { Yaml } from 'cdk8s';
import type { MatrixLivekitProps } from './livekit-options';

/** Name of the key that signs tokens and webhooks. */
export const API_KEY_NAME = 'matrix';

/** Ports within the cluster. */
export const LIVEKIT_PORTS = {
  /** API, WebSockets and probes. */
  api: { name: 'http', number: 7880 },
  metrics: { name: 'metrics', number: 6789 },
} as const;

/** Port of the token service, which gets the webhooks. */
const TOKEN_SERVICE_PORT = 3010;

/**
 * LiveKit's configuration; a key that it does not know would keep it from starting.
 *
 * @see https://github.com/livekit/livekit/blob/v1.13.5/config-sample.yaml
 */
export function livekitConfig(props: MatrixLivekitProps): string {
  const { system, entry, relayPort, maxParticipants = 50 } = props;
  const tokenService = `${system.objectName('livekit-token-service')}:${TOKEN_SERVICE_PORT}`;
  return Yaml.stringify({
    port: LIVEKIT_PORTS.api.number,
    bind_addresses: ['0.0.0.0'],
    prometheus: { port: LIVEKIT_PORTS.metrics.number },
    // Messages of other levels name participants all the time; an error still names the room and person that it is about.
    logging: { json: true, level: 'error', pion_level: 'error' },
    // Only the token service opens rooms, for members: LiveKit renews the token of everyone who gets into one.
    room: { auto_create: false, empty_timeout: 300, departure_timeout: 20, max_participants: maxParticipants },
    rtc: {
      udp_port: entry._udpPort,
      tcp_port: entry._tcpPort,
      use_external_ip: false,
      // Without a server here, clients would tell their addresses to public ones. They need none: the SFU's address is known.
      ...(relayPort ? {} : { stun_servers: ['stun.invalid:3478'] }),
    },
    webhook: { api_key: API_KEY_NAME, urls: [props.webhookUrl ?? `http://${tokenService}/sfu_webhook`] },
    turn: relayPort ? relay(relayPort, entry._publicAddress) : { enabled: false },
  });
}

/** Sends to private addresses are refused, but the SFU's own; the network policy refuses all public ones. */
function relay(port: number, publicAddress?: string) {
  return {
    enabled: true,
    udp_port: port,
    relay_range_start: 40_000,
    relay_range_end: 40_399,
    ttl_seconds: 300,
    allow_restricted_peer_cidrs: [`${publicAddress}/32`],
  };
}
