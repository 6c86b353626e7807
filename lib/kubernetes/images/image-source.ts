import { checked } from '../checks/checked';
import type { Image } from './image';
import { checkedImage, checkedRegistry } from './image-reference';
import { checkedPullSecrets } from './pull-secrets';

/** Options for images from any source. */
export interface ImageSourceOptions {
  /**
   * References that replace the default ones, by the image's short name.
   *
   * Example: `{ nginx: 'registry.example.org/nginx:1.29' }`. They are used unchanged, without the mirror.
   *
   * @default - the images that the parts declare
   */
  readonly replacements?: { [name: string]: string };
  /**
   * Names of Secrets with registry credentials, of type `kubernetes.io/dockerconfigjson`.
   *
   * The Secrets must be in the namespace of the system.
   *
   * @default - no credentials other than those of the service account or node
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/
   */
  readonly pullSecrets?: string[];
}

/** The registries from which images are pulled. */
@checked
export class ImageSource {
  /** Pulls from the registries that publish the images. */
  public static upstream(options: ImageSourceOptions = {}): ImageSource {
    return new ImageSource(options);
  }

  /**
   * Pulls from a mirror that holds the images under their full names.
   *
   * With `registry.example.org/mirror`, `docker.io/library/postgres:17` is pulled as
   * `registry.example.org/mirror/docker.io/library/postgres:17`.
   *
   * @param registry the mirror's host, with an optional path.
   * @throws when the registry has a scheme, a trailing slash or no host.
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
      Object.entries(options.replacements ?? {}).map(([name, reference]) => [
        name,
        checkedImage(reference, `replacements.${name}: image`),
      ]),
    );
  }

  /**
   * Returns the reference from which an image is pulled.
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
   * Returns one message for each replacement of an image that no part runs.
   *
   * @param used short names of the images that parts run.
   * @internal
   */
  public _unused(used: string[]): string[] {
    return Object.keys(this.replacements)
      .filter((name) => !used.includes(name))
      .map(
        (name) =>
          `images has a replacement for '${name}', an image that no part runs: leave it out, or use one of ${used.join(', ')}`,
      );
  }
}
