import type { k8s } from '../../kubernetes/k8s';
import type { IPeer } from '../../kubernetes/network/peer';
import { openedPort } from '../../kubernetes/network/peer-port';
import { checkReachable } from '../../kubernetes/network/private-address';
import { checkedSecretKey, type ISecretKey } from '../../kubernetes/secret-key';

/** A repository that is not on the claim. */
export interface RepositoryLocation {
  /** Access for making, checking and restoring backups. */
  readonly backup: RepositoryAccess;
  /** Access for removing old backups. */
  readonly prune: RepositoryAccess;
  readonly appendOnly: boolean;
  readonly peer: IPeer;
  /** Certificate of a private CA. @default - public CAs are trusted */
  readonly caCertificate?: ISecretKey;
}

/** Access of one user to a repository. */
export interface RepositoryAccess {
  /** As restic names it. */
  readonly repository: string;
  /** Port to open for it. */
  readonly port: number;
  /** Environment with the user's credentials. */
  readonly credentials: k8s.EnvVar[];
}

/** How {@link checkedAddress} judges an address. */
export interface AddressRules {
  /** The prop, for the message. */
  readonly what: string;
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
export interface Address {
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
export function checkedAddress(address: string, rules: AddressRules): Address {
  const { what, example, path, allowPlainHttp, peer } = rules;
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
      `${what} '${address}' is not a valid address of a repository: use scheme, host, a port from 1 to 65535 where it is not the ` +
        `usual one, and ${path ? 'the path' : 'no path'}, such as ${example}`,
    );
  }
  if (scheme === 'http' && !allowPlainHttp) {
    throw new Error(
      `${what} '${address}' would send credentials unencrypted: use https://, or within a cluster set allowPlainHttp: true`,
    );
  }
  checkReachable(what, address, peer, "Peer.pods({ app: 'minio' }, 'storage')");
  const port = openedPort(what === 'pruneUrl' ? 'prunePort' : 'port', { addressPort, port: rules.port, peer });
  return { url: address.replace(/\/$/, ''), port };
}

/**
 * Checks the certificate of a private CA.
 *
 * @throws when it is not a reference, or none of the addresses has TLS.
 */
export function checkAuthority(caCertificate: ISecretKey | undefined, ...addresses: Address[]): void {
  if (caCertificate === undefined) {
    return;
  }
  checkedSecretKey(caCertificate, 'caCertificate of the backup repository');
  if (addresses.every(({ url }) => url.startsWith('http:'))) {
    throw new Error(
      `caCertificate would be ignored at '${addresses[0].url}', which has no TLS: use https:// there or leave it out`,
    );
  }
}
