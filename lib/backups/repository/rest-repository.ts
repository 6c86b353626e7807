import { type IPeer, Peer } from '../../kubernetes/network/peer';
import type { ISecretKey } from '../../kubernetes/secret-key';
import { secretEnv } from '../../kubernetes/workloads/volumes';
import {
  type Address,
  checkAuthority,
  checkedAddress,
  type RepositoryAccess,
  type RepositoryLocation,
} from './repository-address';
import { checkCredentials } from './repository-credentials';

/** A user of restic's REST server. */
export interface RestCredentials {
  readonly username: ISecretKey;
  readonly password: ISecretKey;
}

/**
 * Props of `BackupRepository.restServer`.
 *
 * @see https://github.com/restic/rest-server
 */
export interface RestRepositoryProps {
  /** Address of the repository: `https://backup.example.org:8000/matrix`. */
  readonly url: string;
  /** The user that makes, checks and restores backups. */
  readonly credentials: RestCredentials;
  /** The user that removes old backups. @default - credentials */
  readonly pruneCredentials?: RestCredentials;
  /**
   * Where old backups are removed: the same repository at a server that allows it. `rest-server --append-only` allows
   * it to no user.
   *
   * @default - url
   */
  readonly pruneUrl?: string;
  /** Whether the server at `url` lets `credentials` delete nothing but locks. @default false */
  readonly appendOnly?: boolean;
  /** Certificate of a private CA that the server's own is signed by. @default - public CAs are trusted */
  readonly caCertificate?: ISecretKey;
  /** Whether a server without TLS is accepted, as within a cluster. @default false */
  readonly allowPlainHttp?: boolean;
  /** Where the server is, and that of `pruneUrl`, for the network policy. @default Peer.INTERNET */
  readonly peer?: IPeer;
}

/**
 * A repository behind a REST server, checked.
 *
 * @throws on what the server or restic would refuse.
 */
export function restLocation(props: RestRepositoryProps): RepositoryLocation {
  const { url, pruneUrl = url, credentials, pruneCredentials, appendOnly = false, caCertificate } = props;
  const { allowPlainHttp, peer } = props;
  const [address, pruneAddress] = Object.entries({ url, pruneUrl }).map(([what, one]) =>
    checkedAddress(one, { what, example: 'https://backup.example.org:8000/matrix', path: true, allowPlainHttp, peer }),
  );
  checkAuthority(caCertificate, address, pruneAddress);
  checkCredentials({
    names: ['username', 'password'],
    backup: [credentials?.username, credentials?.password],
    prune: pruneCredentials && [pruneCredentials.username, pruneCredentials.password],
    appendOnly,
  });
  return {
    backup: access(address, credentials),
    prune: access(pruneAddress, pruneCredentials ?? credentials),
    appendOnly,
    caCertificate,
    peer: peer ?? Peer.INTERNET,
  };
}

function access({ url, port }: Address, { username, password }: RestCredentials): RepositoryAccess {
  return {
    repository: `rest:${url}/`,
    port,
    credentials: [secretEnv('RESTIC_REST_USERNAME', username), secretEnv('RESTIC_REST_PASSWORD', password)],
  };
}
