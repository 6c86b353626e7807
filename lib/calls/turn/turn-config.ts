import { checkedHost } from '../../addresses/host';
import { fileBeside } from '../../kubernetes/files';
import { SECRET_NAME } from '../../kubernetes/secret-key';
import { addressRange } from './address-range';
import type { CoturnOptions } from './coturn-options';

/** Relay ports for each call. A Service has one entry for each of them. */
const PORTS_PER_CALL = 10;

/** The options of coturn after the checks, without those that only the pod needs. */
export interface TurnPlan {
  readonly host: string;
  readonly uris: string[];
  readonly firstRelayPort: number;
  readonly lastRelayPort: number;
  /** Text of turnserver.conf. */
  readonly config: string;
}

/** @throws when a port, a range or a quota is not valid. */
export function turnPlan(options: CoturnOptions): TurnPlan {
  const { entry, tlsSecretName, calls = 20, userQuota = 12, maxMegabitsPerSecond = 24, deniedRanges = [] } = options;
  const host = checkedHost('host of Turn.coturn', options.host);
  checkAmounts({ calls, userQuota, maxMegabitsPerSecond });
  if (tlsSecretName !== undefined && !SECRET_NAME.test(tlsSecretName)) {
    throw new Error(
      `tlsSecretName '${tlsSecretName}' of Turn.coturn is not a valid Secret name: use lower-case letters, digits, '-' ` +
        "and '.', such as turn-example-org-tls",
    );
  }
  const { port, tlsPort, firstRelayPort } = entry._ports;
  const lastRelayPort = firstRelayPort + calls * PORTS_PER_CALL - 1;
  checkRelayPorts(options, lastRelayPort, calls);
  const ports = `${firstRelayPort} to ${lastRelayPort}`;
  const taken = [port, tlsPort].find((one) => one >= firstRelayPort && one <= lastRelayPort);
  if (taken !== undefined) {
    throw new Error(
      `port ${taken} of Turn.coturn is among the relay ports ${ports}: use another port, or another firstRelayPort`,
    );
  }
  const lines = [
    `min-port=${firstRelayPort}`,
    `max-port=${lastRelayPort}`,
    `user-quota=${userQuota}`,
    `total-quota=${calls * PORTS_PER_CALL}`,
    `max-bps=${Math.round((maxMegabitsPerSecond * 1_000_000) / 8)}`,
    ...(tlsSecretName ? ['tls-listening-port=5349', 'cert=/tls/tls.crt', 'pkey=/tls/tls.key'] : ['no-tls']),
    'no-dtls',
    ...deniedRanges.map((range) => `denied-peer-ip=${addressRange(range)}`),
  ];
  return {
    host,
    firstRelayPort,
    lastRelayPort,
    uris: [
      `turn:${host}:${port}?transport=udp`,
      `turn:${host}:${port}?transport=tcp`,
      ...(tlsSecretName ? [`turns:${host}:${tlsPort}?transport=tcp`] : []),
    ],
    config: `${fileBeside(__dirname, 'turnserver.conf')}\n# Settings of this installation.\n\n${lines.join('\n')}\n`,
  };
}

function checkAmounts(amounts: { [name: string]: number }): void {
  const [name, amount] = Object.entries(amounts).find(([, one]) => !Number.isInteger(one) || one < 1) ?? [];
  if (name !== undefined) {
    throw new Error(`${name} ${amount} of Turn.coturn is not valid: use a whole number from 1, or leave it out`);
  }
}

function checkRelayPorts({ entry }: CoturnOptions, lastRelayPort: number, calls: number): void {
  const { firstRelayPort } = entry._ports;
  if (lastRelayPort > entry._lastPort) {
    const fit = Math.floor((entry._lastPort - firstRelayPort + 1) / PORTS_PER_CALL);
    throw new Error(
      `calls ${calls} of Turn.coturn need the relay ports ${firstRelayPort} to ${lastRelayPort}, but the last one is ` +
        `${entry._lastPort}: use a lower firstRelayPort, or at most ${fit} calls`,
    );
  }
}
