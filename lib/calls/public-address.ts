import { isIPv4 } from 'node:net';
import type { k8s } from '../kubernetes/k8s';
import { podField } from '../kubernetes/workloads/volumes';

/**
 * Returns the address at which clients reach the ports of calls.
 *
 * @param entry the factory that takes it, such as `TurnEntry.nodePorts`.
 * @throws when it is not an IPv4 address.
 */
export function checkedPublicAddress(entry: string, address: string): string {
  if (!isIPv4(address)) {
    throw new Error(
      `publicAddress '${address}' of ${entry} is not an IPv4 address: use the one that clients reach, such as 203.0.113.7`,
    );
  }
  return address;
}

/** Tells a container that address; without one, that of its node. */
export function publicAddressEnv(name: string, address?: string): k8s.EnvVar {
  return address ? { name, value: address } : podField(name, 'status.hostIP');
}
