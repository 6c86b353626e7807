import { prefixLength } from '../addresses/cidr';
import { isPort } from '../addresses/port';
import { checkedReplicas } from '../kubernetes/workloads/rolling-deployment';
import { SystemSize } from '../system-size';
import type { EdgeOptions } from './edge-options';
import type { EdgeSite } from './edge-site';
import { Entry } from './entry/entry';

/** Enough proxies to hold a long poll for each user, plus one spare for updates. */
const REPLICAS = { [SystemSize.SMALL]: 2, [SystemSize.MEDIUM]: 2, [SystemSize.LARGE]: 4 };

/** The options with their defaults. */
export interface CheckedEdgeOptions {
  readonly entry: Entry;
  readonly trustedProxies: string[];
  readonly proxyHops: number;
  readonly replicas: number;
  readonly sites: EdgeSite[];
}

/**
 * Checks the options of the edge.
 *
 * @throws when a number or range is not valid, public traffic would be plain, or a node port has no allowed clients.
 */
export function checkedEdgeOptions(
  options: EdgeOptions,
  publicBaseUrl: string,
  size = SystemSize.SMALL,
): CheckedEdgeOptions {
  const {
    entry = Entry.none(),
    trustedProxies = [],
    proxyHops = 1,
    replicas: wanted = REPLICAS[size],
    nodePort,
    allowedClients = [],
    sites = [],
  } = options;
  const replicas = checkedReplicas('replicas of the edge', wanted, REPLICAS[size]);
  if (!Number.isInteger(proxyHops) || proxyHops < 1 || proxyHops > 9) {
    throw new Error(
      `proxyHops must be a whole number from 1 to 9, got ${proxyHops}: leave it out for 1, only the controller`,
    );
  }
  for (const range of trustedProxies) {
    // A prefix length of 0 would trust every client.
    if (!prefixLength(range)) {
      throw new Error(
        `trustedProxies has '${range}', which is not a valid address range: ` +
          'use an address with a prefix length of at least 1, such as 10.1.2.3/32',
      );
    }
  }
  if (nodePort !== undefined && !isPort(nodePort)) {
    throw new Error(`nodePort must be a port of the cluster's range, such as 30292, got ${nodePort}`);
  }
  if (nodePort !== undefined && allowedClients.length === 0) {
    throw new Error(
      `nodePort ${nodePort} serves only allowedClients, which is empty: ` +
        "add the clients, such as allowedClients: [Peer.addresses('10.1.2.3/32')]",
    );
  }
  if (entry._controller && !publicBaseUrl.startsWith('https:')) {
    throw new Error(
      `publicBaseUrl '${publicBaseUrl}' is without TLS, but entry serves clients outside the cluster: ` +
        'use https://, or Entry.none() in a closed network',
    );
  }
  return { entry, trustedProxies, proxyHops, replicas, sites };
}
