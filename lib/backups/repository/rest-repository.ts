import { type IPeer, Peer } from '../../kubernetes/network/peer';
import type { ISecretKey } from '../../kubernetes/secret-key';
import { secretEnv } from '../../kubernetes/workloads/volumes';
import { type Address, checkAuthority, checkedAddress } from './repository-address';
import { checkCredentials } from './repository-credentials';
import type { RepositoryAccess, RepositoryLocation } from './repository-location';

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
  /** `https://backup.example.org:8000/matrix` */
  readonly url: string;
  /** Whoever makes, checks and restores sets. */
  readonly credentials: RestCredentials;
  /**
   * Whoever forgets old sets.
   *
   * @default - credentials
   */
  readonly pruneCredentials?: RestCredentials;
  /**
   * Where old sets are forgotten: the same repository by a server that lets it. `rest-server --append-only` lets nobody.
   *
   * @default - url
   */
  readonly pruneUrl?: string;
  /**
   * Says that at `url` the server lets `credentials` delete nothing but locks.
   *
   * @default false
   */
  readonly appendOnly?: boolean;
  /**
   * Certificate of the authority of the server's certificate.
   *
   * @default - the authorities that the system trusts
   */
  readonly caCertificate?: ISecretKey;
  /**
   * Accepts a server without TLS, as within a cluster.
   *
   * @default false
   */
  readonly allowPlainHttp?: boolean;
  /**
   * Where the server is, for the network policy, and that of `pruneUrl`.
   *
   * @default Peer.INTERNET
   */
  readonly peer?: IPeer;
}

/** A repository behind a REST server, checked. */
export function restLocation(props: RestRepositoryProps): RepositoryLocation {
  const { url, pruneUrl = url, credentials, pruneCredentials, appendOnly = false, caCertificate } = props;
  const rules = { ...props, example: 'https://backup.example.org:8000/matrix', path: true };
  const address = checkedAddress(url, { ...rules, what: 'url' });
  const pruneAddress = checkedAddress(pruneUrl, { ...rules, what: 'pruneUrl' });
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
    peer: props.peer ?? Peer.INTERNET,
  };
}

function access({ url, port }: Address, { username, password }: RestCredentials): RepositoryAccess {
  return {
    repository: `rest:${url}/`,
    port,
    credentials: [secretEnv('RESTIC_REST_USERNAME', username), secretEnv('RESTIC_REST_PASSWORD', password)],
  };
}
