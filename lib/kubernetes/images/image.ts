/** An image that a part runs. Each part declares its own beside itself, in a file `…-image.ts` that Renovate reads. */
export interface Image {
  /** Short name, for `ImageSource`: `postgres`. */
  readonly name: string;
  /** Registry, repository and tag or digest, as one line of text. */
  readonly reference: string;
  /** User that owns its files, and that its processes run as. */
  readonly uid: number;
}
