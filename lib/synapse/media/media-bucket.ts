import { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { HomeserverSettings } from '../../../imports/homeserver';
import { checkBucket } from '../../addresses/bucket';
import { reserve } from '../../kubernetes/checks/reserve';
import { fileBeside } from '../../kubernetes/files';
import { checkAuthority, checkedAddress } from '../../kubernetes/network/http-address';
import { type IPeer, Peer } from '../../kubernetes/network/peer';
import type { Traffic } from '../../kubernetes/network/traffic';
import { Schedule } from '../../kubernetes/schedule';
import { checkedSecretKey, type ISecretKey } from '../../kubernetes/secret-key';
import { type S3MediaOptions, S3StorageClass } from './s3-media-options';

/** Files of the secrets, which s3_login.py reads. */
const ACCESS_KEY_FILE = 'media_access_key_id';
const SECRET_KEY_FILE = 'media_secret_access_key';
const CA_FILE = 'media_ca.crt';
const SECRET_FILES = [ACCESS_KEY_FILE, SECRET_KEY_FILE, CA_FILE];

/** Python path of the storage provider, of which media_bucket.py has the class. */
export const MEDIA_BUCKET = 'media_bucket.MediaBucket';

/** What media_bucket.py and offload.py import. */
export const S3_LOGIN = { 's3_login.py': fileBeside(__dirname, 's3_login.py') };

/** Images without the library for S3, wherever they are mirrored. */
const STOCK = /(^|\/)(ghcr\.io\/element-hq|docker\.io\/matrixdotorg)\/synapse[:@]|^matrixdotorg\/synapse[:@]/;

/** Where in which store, as the library for S3 names it. */
export interface BucketSettings {
  readonly bucket: string;
  readonly endpoint_url: string;
  /** Ends with a slash, unless it is empty. */
  readonly prefix: string;
  readonly region_name?: string;
  readonly storage_class: string;
}

/** A bucket with the media, checked. */
export interface MediaBucket {
  /** Such as `s3:https://s3.example.org/matrix-media`. */
  readonly address: string;
  readonly settings: BucketSettings;
  /** The Secrets by file name. */
  readonly secretFiles: { [path: string]: ISecretKey };
  readonly peer: IPeer;
  readonly port: number;
  readonly localCopies: Duration;
  readonly schedule: Schedule;
}

/** Checks the options of a bucket. @throws when one is not valid. */
export function checkedMediaBucket(options: S3MediaOptions): MediaBucket {
  const { bucket, prefix, region, credentials, caCertificate, localCopies = Duration.days(7) } = options;
  const example = 'https://s3.example.org';
  const { allowPlainHttp, peer = Peer.INTERNET } = options;
  const rules = { what: 'endpoint', example, path: false, allowPlainHttp, peer: options.peer, port: options.port };
  const address = checkedAddress(options.endpoint, rules);
  checkBucket({ bucket, prefix, region }, 'matrix-media');
  checkAuthority('caCertificate of the media', caCertificate, address);
  if (localCopies.toDays({ integral: false }) < 1) {
    throw new Error(
      `localCopies of the media must be at least a day, got ${localCopies.toHours({ integral: false })} hours: use a duration such as Duration.days(7)`,
    );
  }
  return {
    address: `s3:${[address.url, bucket, ...(prefix ? [prefix] : [])].join('/')}`,
    settings: {
      bucket,
      endpoint_url: address.url,
      prefix: prefix ? `${prefix}/` : '',
      ...(region ? { region_name: region } : {}),
      storage_class: options.storageClass ?? S3StorageClass.STANDARD,
    },
    secretFiles: {
      [ACCESS_KEY_FILE]: checkedSecretKey(credentials.accessKeyId, 'credentials.accessKeyId of the media'),
      [SECRET_KEY_FILE]: checkedSecretKey(credentials.secretAccessKey, 'credentials.secretAccessKey of the media'),
      ...(caCertificate ? { [CA_FILE]: caCertificate } : {}),
    },
    peer,
    port: address.port,
    localCopies,
    schedule: options.schedule ?? Schedule.daily('00:40'),
  };
}

/**
 * Reserves a bucket for a homeserver, and returns its address.
 *
 * @param image of the homeserver.
 * @throws when another homeserver of the app uses it, or the image is Synapse's own, which has no library for S3.
 */
export function reservedBucket(server: IConstruct, bucket: MediaBucket | undefined, image: string): string | undefined {
  if (!bucket) {
    return undefined;
  }
  if (STOCK.test(image)) {
    throw new Error(
      `media are in a bucket, but the image '${image}' has no synapse-s3-storage-provider: build one by docs/how-to/media-in-s3.md, ` +
        "and name it in images: ImageSource.upstream({ replacements: { synapse: 'registry.example.org/synapse-s3:v1.163.2' } })",
    );
  }
  reserve(server, `media bucket '${bucket.address}'`, 'give each homeserver its own bucket or prefix');
  return bucket.address;
}

/** The settings that store media in a bucket. */
export function mediaBucketSettings(bucket: MediaBucket | undefined): HomeserverSettings {
  if (!bucket) {
    return {};
  }
  const stores = { store_local: true, store_remote: true, store_synchronous: true };
  return {
    media_storage_providers: [{ module: MEDIA_BUCKET, ...stores, config: { ...bucket.settings } }],
  };
}

/** The secrets of a process that stores no media. */
export function withoutBucket(secretFiles: { [path: string]: ISecretKey }): { [path: string]: ISecretKey } {
  return Object.fromEntries(Object.entries(secretFiles).filter(([file]) => !SECRET_FILES.includes(file)));
}

/** Lets pods reach the bucket. */
export function allowBucket(traffic: Traffic, bucket: MediaBucket | undefined): void {
  if (bucket) {
    traffic.allowTo(bucket.peer, 'media', { name: 's3', number: bucket.port });
  }
}
