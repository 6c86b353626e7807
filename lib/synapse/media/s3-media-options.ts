import type { Duration } from 'cdk8s';
import type { S3Credentials } from '../../backups/repository/s3-repository';
import type { IPeer } from '../../kubernetes/network/peer';
import type { Schedule } from '../../kubernetes/schedule';
import type { ISecretKey } from '../../kubernetes/secret-key';

/** What the store does with a file that is rarely read. */
export enum S3StorageClass {
  /** The store's usual class. */
  STANDARD = 'STANDARD',
  /** Cheaper, and less durable. */
  REDUCED_REDUNDANCY = 'REDUCED_REDUNDANCY',
  /** Cheaper to store, and charged by what is read. */
  STANDARD_IA = 'STANDARD_IA',
  /** The store moves files by how often they are read. */
  INTELLIGENT_TIERING = 'INTELLIGENT_TIERING',
}

/** Options of `MediaStorage.s3`. */
export interface S3MediaOptions {
  /** Address of the store, without bucket and path: `https://s3.example.org`. */
  readonly endpoint: string;
  /** Name of the bucket, which must exist. */
  readonly bucket: string;
  /** Path of the media in the bucket, such as `matrix/media`. @default - the root of the bucket */
  readonly prefix?: string;
  /** Region of the bucket. @default - that of the library, us-east-1 */
  readonly region?: string;
  /** The user of Synapse: it may list, read and write. It never deletes. */
  readonly credentials: S3Credentials;
  /** Class of what is stored. @default S3StorageClass.STANDARD */
  readonly storageClass?: S3StorageClass;
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
  /** How long a file also stays on the claim, from which it is served faster; at least a day. @default Duration.days(7) */
  readonly localCopies?: Duration;
  /** When older copies are removed from the claim, in UTC. @default Schedule.daily('00:40') */
  readonly schedule?: Schedule;
}
