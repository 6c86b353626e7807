import { checkAuthority, checkedAddress, type HttpAddress } from '../../kubernetes/network/http-address';
import { type IPeer, Peer } from '../../kubernetes/network/peer';
import type { ISecretKey } from '../../kubernetes/secret-key';
import { secretEnv } from '../../kubernetes/workloads/volumes';
import type { RepositoryAccess, RepositoryLocation } from './repository-address';
import { checkCredentials } from './repository-credentials';

/** A user of restic's REST server. */
export interface RestCredentials {
  /** Secret and key with the name of the user. */
  readonly username: ISecretKey;
  /** Secret and key with the password of the user. */
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
  /** The user that removes old backups. @default - as `credentials` */
  readonly pruneCredentials?: RestCredentials;
  /**
   * Address of the same repository at a server that allows old backups to be removed.
   *
   * `rest-server --append-only` allows no user to remove them.
   *
   * @default - as `url`
   */
  readonly pruneUrl?: string;
  /** Whether the server at `url` allows `credentials` to delete only locks. @default false */
  readonly appendOnly?: boolean;
  /** Certificate of the private CA that signed the server's certificate. @default - public CAs are trusted */
  readonly caCertificate?: ISecretKey;
  /** Whether a server without TLS is accepted, such as one in the cluster. @default false */
  readonly allowPlainHttp?: boolean;
  /** Location of the servers at `url` and `pruneUrl`, for the network policy. @default Peer.INTERNET */
  readonly peer?: IPeer;
  /**
   * Port of the pods of `peer`, where a Service maps the port in `url` to another, such as 80 to 9000.
   *
   * A network policy needs the pods' own port: `kubectl get endpointslices` shows it.
   *
   * @default - the port in `url`
   */
  readonly port?: number;
  /** The same for `pruneUrl`. @default - `port` without a `pruneUrl`, otherwise the port in `pruneUrl` */
  readonly prunePort?: number;
}

/**
 * A repository behind a REST server, checked.
 *
 * @throws when the server or restic would refuse a prop.
 */
export function restLocation(props: RestRepositoryProps): RepositoryLocation {
  const { url, pruneUrl = url, credentials, pruneCredentials, appendOnly = false, caCertificate } = props;
  const { allowPlainHttp, peer, port, prunePort = props.pruneUrl === undefined ? port : undefined } = props;
  const example = 'https://backup.example.org:8000/matrix';
  const rules = { example, path: true, allowPlainHttp, peer };
  const address = checkedAddress(url, { ...rules, what: 'url', port });
  const pruneAddress = checkedAddress(pruneUrl, { ...rules, what: 'pruneUrl', portProp: 'prunePort', port: prunePort });
  checkAuthority('caCertificate of the backup repository', caCertificate, address, pruneAddress);
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

function access({ url, port }: HttpAddress, { username, password }: RestCredentials): RepositoryAccess {
  return {
    repository: `rest:${url}/`,
    port,
    credentials: [secretEnv('RESTIC_REST_USERNAME', username), secretEnv('RESTIC_REST_PASSWORD', password)],
  };
}
