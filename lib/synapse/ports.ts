import type { ListenerResourceSettings, ListenerSettings } from '../../imports/homeserver';
import { isPort } from '../addresses/port';

/** Port at which the processes of Synapse reach one another. */
export const REPLICATION_PORT = 9093;

/** Port of the main process' probes; see main_health.py. */
export const HEALTH_PORT = 9094;

/** Ports of Synapse's pod and Service. */
export interface SynapsePorts {
  /** Client API, which includes media and the admin API. @default 8008 */
  readonly client?: number;
  /** Federation. @default 8009 */
  readonly federation?: number;
  /** Metrics, only on the pod. @default 9000 */
  readonly metrics?: number;
}

/**
 * The ports with their defaults.
 *
 * @throws when two are the same, or one is not an unprivileged port.
 */
export function checkedPorts(ports: SynapsePorts = {}): Required<SynapsePorts> {
  const all = { client: ports.client ?? 8008, federation: ports.federation ?? 8009, metrics: ports.metrics ?? 9000 };
  const seen = new Map<number, string>([
    [REPLICATION_PORT, 'replication'],
    [HEALTH_PORT, 'health'],
  ]);
  for (const [name, port] of Object.entries(all)) {
    if (!isPort(port, 1024)) {
      throw new Error(
        `port ${port} of '${name}' is not a valid unprivileged port: use a whole number from 1024 to 65535`,
      );
    }
    const other = seen.get(port);
    if (other) {
      throw new Error(
        `ports '${other}' and '${name}' are both ${port}, but each needs its own listener: give each its own port`,
      );
    }
    seen.set(port, name);
  }
  return all;
}

/** A listener of Synapse for requests. */
export function listener(port: number, names: ListenerResourceSettings['names']): ListenerSettings {
  return {
    port,
    type: 'http',
    tls: false,
    x_forwarded: true,
    // Only IPv4: with '::' as well, Synapse does not start where IPv6 is off.
    bind_addresses: ['0.0.0.0'],
    resources: [{ names, compress: false }],
  };
}

/** A listener of Synapse for the collector of metrics. */
export function metricsListener(port: number): ListenerSettings {
  return { port, type: 'metrics', bind_addresses: ['0.0.0.0'] };
}
