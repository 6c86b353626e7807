import { checkedHostAndPort } from '../addresses/host';
import { portOfUrl } from '../addresses/port';
import { hostOfServerName } from '../addresses/server-name';
import { type IPeer, Peer } from '../kubernetes/network/peer';
import { openedPort } from '../kubernetes/network/peer-port';
import { checkReachable } from '../kubernetes/network/private-address';
import type { Traffic } from '../kubernetes/network/traffic';
import type { SyntheticUserContext } from './synthetic-user-context';
import type { SyntheticUserOptions } from './synthetic-user-options';

/** The addresses that the program asks, as its settings name them. */
export interface PublicAddresses {
  readonly homeserver: string;
  /** @default - discovery is not asked */
  readonly wellKnown?: string;
  /** @default - the server does not federate */
  readonly federation?: string;
  /** Host and port to connect to. @default - those of the URLs */
  readonly address?: string;
}

/**
 * Returns the public addresses of a system.
 *
 * @throws when the address to connect to instead is not valid.
 */
export function publicAddresses(
  { system, homeserver, discovery }: SyntheticUserContext,
  address?: string,
): PublicAddresses {
  const { publicBaseUrl, federationHost, serverName } = system;
  return {
    homeserver: publicBaseUrl,
    ...(discovery ? { wellKnown: `https://${hostOfServerName(serverName)}/.well-known/matrix/client` } : {}),
    ...(homeserver.federates ? { federation: `https://${federationHost}/_matrix/federation/v1/version` } : {}),
    ...(address ? { address: checkedHostAndPort('address of syntheticUser', address) } : {}),
  };
}

/**
 * Allows connections to the public addresses.
 *
 * Where a pod connects to the address of a load balancer, Kubernetes often sends it straight to the pods behind it. So
 * the controller is allowed too, at any port, because a policy needs the pods' port, which is not known here.
 *
 * @throws when no peer or controller says who answers at `address`, or at an address that is private.
 */
export function declarePublicTraffic(
  traffic: Traffic,
  { homeserver, wellKnown, federation, address }: PublicAddresses,
  { peer, port }: SyntheticUserOptions,
  controller?: IPeer,
): void {
  const urls = address
    ? [`https://${address}`]
    : [homeserver, wellKnown, federation].filter((url) => url !== undefined);
  if (address && !peer && !controller) {
    throw new Error(
      `address of syntheticUser '${address}' needs a peer, because no controller is known that answers there: set who does, ` +
        "such as peer: Peer.pods({ app: 'traefik' }, 'kube-system'), or Peer.INTERNET",
    );
  }
  for (const url of urls) {
    checkReachable('address of syntheticUser', url, peer ?? controller, "Peer.pods({ app: 'traefik' }, 'kube-system')");
  }
  const opened = urls.map((url) =>
    openedPort('port of syntheticUser', { addressPort: portOfUrl(new URL(url)), port, peer }),
  );
  const ports = [...new Set(opened)].map((number) => ({ name: 'https', number }));
  traffic.allowDns();
  traffic.allowTo(peer ?? Peer.INTERNET, 'public address', ...ports);
  if (!peer && controller) {
    traffic.allowTo(controller, 'public address');
  }
}
