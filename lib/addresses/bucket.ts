/** A place in an S3 store. */
export interface BucketPlace {
  readonly bucket: string;
  /** Path in the bucket. @default - its root */
  readonly prefix?: string;
  /** @default - the store's own */
  readonly region?: string;
}

/**
 * Checks the bucket, and where they are given the prefix and the region.
 *
 * @param example the name of a bucket, for the message.
 * @throws when the store would refuse one of them.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function checkBucket({ bucket, prefix, region }: BucketPlace, example: string): void {
  if (!/^(?!.*\.\.)(?!\d+(\.\d+){3}$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket ?? '')) {
    throw new Error(
      `bucket '${bucket}' is not a valid bucket name: use 3 to 63 lower-case letters, digits, '-' and single '.', such as ${example}`,
    );
  }
  if (prefix !== undefined && !/^(?!\.\.?(\/|$))[\w.-]+(\/(?!\.\.?(\/|$))[\w.-]+)*$/.test(prefix)) {
    throw new Error(
      `prefix '${prefix}' is not a valid path in a bucket: use letters, digits, '-', '_' and '.', with '/' only between them, such as ` +
        "matrix/production, or leave it out for the bucket's root",
    );
  }
  if (region !== undefined && !/^[a-zA-Z0-9-]+$/.test(region)) {
    throw new Error(
      `region '${region}' is not valid: use letters, digits and '-', such as eu-central-1, or leave it out`,
    );
  }
}
