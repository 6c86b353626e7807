import type { IPeer } from '../../kubernetes/network/peer';
import { checkReachable } from '../../kubernetes/network/private-address';
import { checkedSecretKey, type ISecretKey } from '../../kubernetes/secret-key';

/** What is said of an address, for {@link checkedAddress}. */
export interface AddressRules {
  /** The prop, for the message. */
  readonly what: string;
  readonly example: string;
  /** Whether a path may follow the host. */
  readonly path: boolean;
  readonly allowPlainHttp?: boolean;
  readonly peer?: IPeer;
}

/** An address of HTTP, without a slash at the end. */
export interface Address {
  readonly url: string;
  readonly port: number;
}

/** Lower case: restic takes `HTTPS` for the name of a host. */
const ADDRESS = /^(https?):\/\/([\w.-]+|\[[\da-fA-F:.]+\])(?::(\d+))?((?:\/(?!\.\.?(?:\/|$))[\w.~%-]+)*)\/?$/;

/**
 * Checks an address of HTTP.
 *
 * @throws when it is none, would carry credentials in the clear, or is not where the network policy leads.
 */
export function checkedAddress(address: string, { what, example, path, allowPlainHttp, peer }: AddressRules): Address {
  if (/[@?#]/.test(address)) {
    throw new Error(
      `${what} has credentials, a query or a fragment in it (not shown here): credentials are references to Secrets, ` +
        `write the address alone, such as ${example}`,
    );
  }
  const [, scheme, , explicitPort, steps] = ADDRESS.exec(address) ?? [];
  const port = Number(explicitPort ?? (scheme === 'http' ? 80 : 443));
  if (!scheme || !URL.canParse(address) || port < 1 || (steps && !path)) {
    throw new Error(
      `${what} '${address}' is no address of a repository: write scheme, host, a port from 1 to 65535 where it is not the usual one, ` +
        `and ${path ? 'the path' : 'no path'}, such as ${example}`,
    );
  }
  if (scheme === 'http' && !allowPlainHttp) {
    throw new Error(
      `${what} '${address}' would carry credentials in the clear: write https://, or within a cluster set allowPlainHttp: true`,
    );
  }
  checkReachable(what, address, peer, "Peer.pods({ app: 'minio' }, 'storage')");
  return { url: address.replace(/\/$/, ''), port };
}

/**
 * Checks the certificate of an authority.
 *
 * @throws when it is no reference, or none of the addresses has TLS.
 */
export function checkAuthority(caCertificate: ISecretKey | undefined, ...addresses: Address[]): void {
  if (caCertificate === undefined) {
    return;
  }
  checkedSecretKey(caCertificate, 'caCertificate of the backup repository');
  if (addresses.every(({ url }) => url.startsWith('http:'))) {
    throw new Error(
      `caCertificate is never used at '${addresses[0].url}', which has no TLS: write https:// there or leave it out`,
    );
  }
}
