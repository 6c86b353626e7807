import { checkedSecretKey, type ISecretKey } from '../secret-key';
import type { IPeer } from './peer';
import { openedPort } from './peer-port';
import { checkReachable } from './private-address';

/** How {@link checkedAddress} judges an address. */
export interface AddressRules {
  /** The prop, for the message. */
  readonly what: string;
  /** The prop with the port of the pods, for the message. @default 'port' */
  readonly portProp?: string;
  /** A valid address, for the message. */
  readonly example: string;
  /** Whether a path may follow the host. */
  readonly path: boolean;
  /** Whether it may lack TLS. @default false */
  readonly allowPlainHttp?: boolean;
  /** Target of the network policy. @default Peer.INTERNET */
  readonly peer?: IPeer;
  /** Port of the peer's pods. @default - the port in the address */
  readonly port?: number;
}

/** An HTTP address without a trailing slash. */
export interface HttpAddress {
  readonly url: string;
  /** Port to open for it. */
  readonly port: number;
}

/** Lower case: restic takes `HTTPS` for the name of a host. */
const ADDRESS = /^(https?):\/\/([\w.-]+|\[[\da-fA-F:.]+\])(?::(\d+))?((?:\/(?!\.\.?(?:\/|$))[\w.~%-]+)*)\/?$/;

/**
 * Checks an HTTP address and returns it with its port.
 *
 * @throws when it is not valid, would send credentials unencrypted, or the network policy would not allow it.
 */
export function checkedAddress(address: string, rules: AddressRules): HttpAddress {
  const { what, portProp = 'port', example, path, allowPlainHttp, peer } = rules;
  if (/[@?#]/.test(address)) {
    throw new Error(
      `${what} has credentials, a query or a fragment in it (not shown here), but credentials must be references to Secrets: ` +
        `use the address only, such as ${example}`,
    );
  }
  const [, scheme, , explicitPort, steps] = ADDRESS.exec(address) ?? [];
  const addressPort = Number(explicitPort ?? (scheme === 'http' ? 80 : 443));
  if (!scheme || !URL.canParse(address) || addressPort < 1 || (steps && !path)) {
    throw new Error(
      `${what} '${address}' is not a valid address: use scheme, host, a port from 1 to 65535 where it is not the ` +
        `usual one, and ${path ? 'the path' : 'no path'}, such as ${example}`,
    );
  }
  if (scheme === 'http' && !allowPlainHttp) {
    throw new Error(
      `${what} '${address}' would send credentials unencrypted: use https://, or within a cluster set allowPlainHttp: true`,
    );
  }
  checkReachable(what, address, peer, "Peer.pods({ app: 'minio' }, 'storage')");
  const port = openedPort(portProp, { addressPort, port: rules.port, peer });
  return { url: address.replace(/\/$/, ''), port };
}

/**
 * Checks the certificate of a private CA.
 *
 * @param what the prop and its part, for the message.
 * @throws when it is not a reference, or none of the addresses has TLS.
 */
export function checkAuthority(what: string, caCertificate: ISecretKey | undefined, ...addresses: HttpAddress[]): void {
  if (caCertificate === undefined) {
    return;
  }
  checkedSecretKey(caCertificate, what);
  if (addresses.every(({ url }) => url.startsWith('http:'))) {
    throw new Error(
      `caCertificate would be ignored at '${addresses[0].url}', which has no TLS: use https:// there or leave it out`,
    );
  }
}
