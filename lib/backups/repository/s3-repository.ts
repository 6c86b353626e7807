import { type IPeer, Peer } from '../../kubernetes/network/peer';
import type { ISecretKey } from '../../kubernetes/secret-key';
import { secretEnv } from '../../kubernetes/workloads/volumes';
import { checkAuthority, checkedAddress } from './repository-address';
import { checkCredentials } from './repository-credentials';
import type { RepositoryAccess, RepositoryLocation } from './repository-location';

/** A user of an S3 store. */
export interface S3Credentials {
  readonly accessKeyId: ISecretKey;
  readonly secretAccessKey: ISecretKey;
}

/** Props of `BackupRepository.s3`. */
export interface S3RepositoryProps {
  /** `https://s3.example.org`, without bucket and path. */
  readonly endpoint: string;
  readonly bucket: string;
  /**
   * Where in the bucket the repository is: `matrix/production`.
   *
   * @default - the bucket's root
   */
  readonly prefix?: string;
  /** @default - asked of the store */
  readonly region?: string;
  /** Whoever makes, checks and restores sets: may list, read and write. */
  readonly credentials: S3Credentials;
  /**
   * Whoever forgets old sets: may delete too.
   *
   * @default - credentials
   */
  readonly pruneCredentials?: S3Credentials;
  /**
   * Says that the store lets `credentials` delete nothing but below `locks/`, as a policy of the bucket does.
   *
   * @default false
   */
  readonly appendOnly?: boolean;
  /**
   * Certificate of the authority of the store's certificate.
   *
   * @default - the authorities that the system trusts
   */
  readonly caCertificate?: ISecretKey;
  /**
   * Accepts a store without TLS, as within a cluster.
   *
   * @default false
   */
  readonly allowPlainHttp?: boolean;
  /**
   * Where the store is, for the network policy.
   *
   * @default Peer.INTERNET
   */
  readonly peer?: IPeer;
}

/** A repository in a bucket, checked. */
export function s3Location(props: S3RepositoryProps): RepositoryLocation {
  const { bucket, prefix, region, credentials, pruneCredentials, appendOnly = false, caCertificate } = props;
  const address = checkedAddress(props.endpoint, {
    ...props,
    what: 'endpoint',
    example: 'https://s3.example.org',
    path: false,
  });
  checkAuthority(caCertificate, address);
  checkPlace(bucket, prefix);
  if (region !== undefined && !/^[a-zA-Z0-9-]+$/.test(region)) {
    throw new Error(`region '${region}' is none: write letters, digits and '-', such as eu-central-1, or leave it out`);
  }
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

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function checkPlace(bucket: string, prefix: string | undefined): void {
  if (!/^(?!.*\.\.)(?!\d+(\.\d+){3}$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket ?? '')) {
    throw new Error(
      `bucket '${bucket}' is no name of a bucket: write 3 to 63 lower-case letters, digits, '-' and single '.', such as matrix-backup`,
    );
  }
  if (prefix !== undefined && !/^(?!\.\.?(\/|$))[\w.-]+(\/(?!\.\.?(\/|$))[\w.-]+)*$/.test(prefix)) {
    throw new Error(
      `prefix '${prefix}' names no place in a bucket: write letters, digits, '-', '_' and '.', joined by '/' but not begun or ended ` +
        `with it, such as matrix/production; leave it out for the bucket's root`,
    );
  }
}
