import { isPort } from '../addresses/port';

/** Ports of Synapse's pod and Service. */
export interface SynapsePorts {
  /** Client API, and with it media and the admin API. @default 8008 */
  readonly client?: number;
  /** Federation. @default 8009 */
  readonly federation?: number;
  /** Metrics, on the pod alone. @default 9000 */
  readonly metrics?: number;
}

/**
 * The ports with their defaults.
 *
 * @throws when two are the same, or one is no unprivileged port.
 */
export function checkedPorts(ports: SynapsePorts = {}): Required<SynapsePorts> {
  const all = { client: ports.client ?? 8008, federation: ports.federation ?? 8009, metrics: ports.metrics ?? 9000 };
  const seen = new Map<number, string>();
  for (const [name, port] of Object.entries(all)) {
    if (!isPort(port, 1024)) {
      throw new Error(
        `port ${port} of '${name}' cannot be used: write a number from 1024 to 65535, lower ones need privileges`,
      );
    }
    const other = seen.get(port);
    if (other) {
      throw new Error(
        `ports '${other}' and '${name}' are both ${port}: give each its own, federation and metrics must not be on the client port`,
      );
    }
    seen.set(port, name);
  }
  return all;
}
