import type { Image } from './image';
import { checkedImage, checkedRegistry } from './image-reference';
import { checkedPullSecrets } from './pull-secrets';

/** What can be set for images from any source. */
export interface ImageSourceOptions {
  /**
   * Other references than the parts' own, by the image's short name: `{ nginx: 'registry.example.org/nginx:1.29' }`.
   * They are used as they are, without the mirror.
   *
   * @default - the parts' own
   */
  readonly replacements?: { [name: string]: string };
  /**
   * Secrets of the namespace with the credentials of registries, of type `kubernetes.io/dockerconfigjson`.
   *
   * @default - images are pulled without credentials, or with those of the service account or node
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/
   */
  readonly pullSecrets?: string[];
}

/** Where images are pulled from. */
export class ImageSource {
  /** The registries that publish them. */
  public static upstream(options: ImageSourceOptions = {}): ImageSource {
    return new ImageSource(options);
  }

  /**
   * A registry, or a path in one, that holds the images under their full names: with `registry.example.org/mirror`,
   * `docker.io/library/postgres:17` is pulled as `registry.example.org/mirror/docker.io/library/postgres:17`.
   *
   * @throws when the registry has a scheme, ends with a slash or has no host.
   * @see https://github.com/containers/skopeo/blob/main/docs/skopeo-sync.1.md
   */
  public static mirror(registry: string, options: ImageSourceOptions = {}): ImageSource {
    return new ImageSource(options, checkedRegistry(registry));
  }

  /** @internal */
  public readonly _pullSecrets: string[];
  private readonly replacements: { [name: string]: string };

  private constructor(
    options: ImageSourceOptions,
    private readonly registry?: string,
  ) {
    this._pullSecrets = checkedPullSecrets(options.pullSecrets ?? []);
    this.replacements = Object.fromEntries(
      Object.entries(options.replacements ?? {}).map(([name, reference]) => [name, checkedImage(reference)]),
    );
  }

  /**
   * The reference to pull an image by.
   *
   * @internal
   */
  public _reference({ name, reference }: Image): string {
    const own = Object.hasOwn(this.replacements, name) ? this.replacements[name] : undefined;
    return (
      own ?? (this.registry === undefined ? checkedImage(reference) : `${this.registry}/${checkedImage(reference)}`)
    );
  }

  /**
   * Replacements for images that no part runs, one sentence each.
   *
   * @param used short names of the images that the parts run.
   * @internal
   */
  public _unused(used: string[]): string[] {
    return Object.keys(this.replacements)
      .filter((name) => !used.includes(name))
      .map(
        (name) =>
          `images has a replacement for '${name}', which no part runs: leave it out, or use one of ${used.join(', ')}`,
      );
  }
}
