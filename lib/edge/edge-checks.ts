import { prefixLength } from '../addresses/cidr';
import { isPort } from '../kubernetes/checks/port';
import { SystemSize } from '../kubernetes/workloads/resources';
import { checkedReplicas } from '../kubernetes/workloads/rolling-deployment';
import type { EdgeOptions } from './edge-options';
import { Edge } from './entry/entry';

/** As many as hold a long poll of everybody, and one more for updates. */
const REPLICAS = { [SystemSize.SMALL]: 2, [SystemSize.MEDIUM]: 2, [SystemSize.LARGE]: 4 };

/** The options with their defaults. */
export interface CheckedEdgeOptions {
  readonly edge: Edge;
  readonly trustedProxies: string[];
  readonly proxyHops: number;
  readonly replicas: number;
}

/**
 * Checks what is said of the way in.
 *
 * @throws when a number or range is none, people would come without TLS, or nobody could come at all where somebody should.
 */
export function checkedEdgeOptions(
  options: EdgeOptions,
  publicBaseUrl: string,
  size = SystemSize.SMALL,
): CheckedEdgeOptions {
  const {
    edge = Edge.none(),
    trustedProxies = [],
    proxyHops = 1,
    edgeReplicas = REPLICAS[size],
    nodePort,
    clients = [],
  } = options;
  const replicas = checkedReplicas('edgeReplicas', edgeReplicas, REPLICAS[size]);
  if (!Number.isInteger(proxyHops) || proxyHops < 1 || proxyHops > 9) {
    throw new Error(
      `proxyHops must be a whole number from 1 to 9, got ${proxyHops}: leave it out for 1, the controller alone`,
    );
  }
  for (const range of trustedProxies) {
    // One of length 0 would be everybody.
    if (!prefixLength(range)) {
      throw new Error(
        `trustedProxies has '${range}', which is no range of addresses of proxies: write each with its prefix length, such as 10.1.2.3/32`,
      );
    }
  }
  if (nodePort !== undefined && !isPort(nodePort)) {
    throw new Error(`nodePort ${nodePort} is no port: write one of the cluster's range, such as 30292`);
  }
  if (nodePort !== undefined && clients.length === 0) {
    throw new Error(
      `nodePort ${nodePort} is open for the declared clients, and there are none: name who comes there, such as clients: [Peer.addresses('10.1.2.3/32')]`,
    );
  }
  if (edge.controller && !publicBaseUrl.startsWith('https:')) {
    throw new Error(
      `publicBaseUrl '${publicBaseUrl}' is without TLS, but the edge leads in from outside: write https://, or use Edge.none() in a closed network`,
    );
  }
  return { edge, trustedProxies, proxyHops, replicas };
}
