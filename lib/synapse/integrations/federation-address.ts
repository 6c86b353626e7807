import { fixedAddressOf } from '../../addresses/server-name';

/** Facts of a system on which its address for other servers depends. */
export interface FederationAddress {
  /** Server name, as in user IDs. */
  readonly serverName: string;
  /** Host and port at which other servers are meant to connect. */
  readonly federationHost: string;
}

/**
 * Checks that other servers connect where the edge expects them.
 *
 * @throws when the server name itself says where they connect, and `federationHost` is another address.
 */
export function checkFederationAddress({ serverName, federationHost }: FederationAddress): void {
  const address = fixedAddressOf(serverName);
  if (address === undefined || address === federationHost) {
    return;
  }
  throw new Error(
    `serverName is "${serverName}", so other servers connect to ${address} and never ask for discovery, but federationHost is ` +
      `'${federationHost}': for a new system use a domain without a port, because the name can never change; for an existing ` +
      `name set federationHost: '${address}', and let the Ingress or Gateway listen at that port`,
  );
}
