import { checked } from '../../kubernetes/checks/checked';
import { checkedMediaBucket, type MediaBucket } from './media-bucket';
import type { S3MediaOptions } from './s3-media-options';

/** Options of `MediaStorage.sharedClaim`. */
export interface SharedClaimOptions {
  /** Name of the StorageClass of this claim only. @default - that of the system */
  readonly storageClass?: string;
}

/** Where the files are that people send. */
@checked
export class MediaStorage {
  /** On a claim, whose size is `mediaStorage`. */
  public static claim(): MediaStorage {
    return new MediaStorage();
  }

  /**
   * On a claim that several nodes mount, whose size is `mediaStorage`: the workers for media may run on any node.
   *
   * Its class must be able to do that (`ReadWriteMany`), such as NFS or CephFS.
   *
   * @throws at synthesis unless `workers.media` is set.
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
   */
  public static sharedClaim(options: SharedClaimOptions = {}): MediaStorage {
    return new MediaStorage(undefined, options);
  }

  /**
   * In a bucket of an S3 store. An upload is answered once the bucket has the file.
   *
   * The claim then holds new files, for `localCopies`, and previews of URLs. Synapse needs an image with
   * `synapse-s3-storage-provider`. The bucket is not part of the backups.
   *
   * @throws when an option is not valid, or the network policy would not allow the address.
   * @see https://github.com/matrix-org/synapse-s3-storage-provider
   */
  public static s3(options: S3MediaOptions): MediaStorage {
    return new MediaStorage(checkedMediaBucket(options));
  }

  private constructor(
    /** @internal */
    public readonly _bucket?: MediaBucket,
    /** @internal */
    public readonly _shared?: SharedClaimOptions,
  ) {}
}
