import { checkBucket } from '../../addresses/bucket';
import { checkAuthority, checkedAddress } from '../../kubernetes/network/http-address';
import { type IPeer, Peer } from '../../kubernetes/network/peer';
import type { ISecretKey } from '../../kubernetes/secret-key';
import { secretEnv } from '../../kubernetes/workloads/volumes';
import type { RepositoryAccess, RepositoryLocation } from './repository-address';
import { checkCredentials } from './repository-credentials';

/** A user of an S3 store. */
export interface S3Credentials {
  /** Secret and key with the access key ID. */
  readonly accessKeyId: ISecretKey;
  /** Secret and key with the secret access key. */
  readonly secretAccessKey: ISecretKey;
}

/** Props of `BackupRepository.s3`. */
export interface S3RepositoryProps {
  /** Address of the store, without bucket and path: `https://s3.example.org`. */
  readonly endpoint: string;
  /** Name of the bucket. */
  readonly bucket: string;
  /** Path of the repository in the bucket, such as `matrix/production`. @default - the root of the bucket */
  readonly prefix?: string;
  /** Region of the bucket. @default - restic asks the store for it */
  readonly region?: string;
  /** The user that makes, checks and restores backups: it may list, read and write. */
  readonly credentials: S3Credentials;
  /** The user that removes old backups: it may also delete. @default - as `credentials` */
  readonly pruneCredentials?: S3Credentials;
  /**
   * Whether the store allows `credentials` to delete only below `locks/`, for example by a bucket policy.
   *
   * @default false
   */
  readonly appendOnly?: boolean;
  /** Certificate of the private CA that signed the store's certificate. @default - public CAs are trusted */
  readonly caCertificate?: ISecretKey;
  /** Whether a store without TLS is accepted, such as one in the cluster. @default false */
  readonly allowPlainHttp?: boolean;
  /** Location of the store, for the network policy. @default Peer.INTERNET */
  readonly peer?: IPeer;
  /**
   * Port of the pods of `peer`, where a Service maps the port in `endpoint` to another, such as 80 to 9000.
   *
   * A network policy needs the pods' own port: `kubectl get endpointslices` shows it.
   *
   * @default - the port in `endpoint`
   */
  readonly port?: number;
}

/**
 * A repository in a bucket, checked.
 *
 * @throws when the store or restic would refuse a prop.
 */
export function s3Location(props: S3RepositoryProps): RepositoryLocation {
  const { bucket, prefix, region, credentials, pruneCredentials, appendOnly = false, caCertificate } = props;
  const address = checkedAddress(props.endpoint, {
    what: 'endpoint',
    example: 'https://s3.example.org',
    path: false,
    allowPlainHttp: props.allowPlainHttp,
    peer: props.peer,
    port: props.port,
  });
  checkAuthority('caCertificate of the backup repository', caCertificate, address);
  checkBucket({ bucket, prefix, region }, 'matrix-backup');
  checkCredentials({
    names: ['accessKeyId', 'secretAccessKey'],
    backup: [credentials?.accessKeyId, credentials?.secretAccessKey],
    prune: pruneCredentials && [pruneCredentials.accessKeyId, pruneCredentials.secretAccessKey],
    appendOnly,
  });
  const access = ({ accessKeyId, secretAccessKey }: S3Credentials): RepositoryAccess => ({
    repository: `s3:${[address.url, bucket, ...(prefix ? [prefix] : [])].join('/')}`,
    port: address.port,
    credentials: [
      secretEnv('AWS_ACCESS_KEY_ID', accessKeyId),
      secretEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey),
      ...(region ? [{ name: 'AWS_DEFAULT_REGION', value: region }] : []),
    ],
  });
  return {
    backup: access(credentials),
    prune: access(pruneCredentials ?? credentials),
    appendOnly,
    caCertificate,
    peer: props.peer ?? Peer.INTERNET,
  };
}
