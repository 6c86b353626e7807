import { checked } from '../../kubernetes/checks/checked';
import { checkedMediaBucket, type MediaBucket } from './media-bucket';
import type { S3MediaOptions } from './s3-media-options';

/** Where the files are that people send. */
@checked
export class MediaStorage {
  /** On a claim, whose size is `mediaStorage`. */
  public static claim(): MediaStorage {
    return new MediaStorage();
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
  ) {}
}
