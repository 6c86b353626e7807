/** An image that a part runs. Each part declares its images in files named `…-image.ts`, which Renovate reads. */
export interface Image {
  /** Short name for `ImageSource`, such as `postgres`. */
  readonly name: string;
  /** Registry, repository and tag or digest, on one line so that Renovate finds it. */
  readonly reference: string;
  /** User that owns the image's files and runs its processes. */
  readonly uid: number;
}
