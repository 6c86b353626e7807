import { fileBeside } from '../files';
import { checkedImage, checkedRegistry } from './image-reference';
import { lockedImages } from './images-lock';

const NAMES = ['postgres', 'synapse', 'restic', 'nginx', 'haproxy'] as const;

/** What an image is for. */
export type ImageName = (typeof NAMES)[number];

/** The images that the system runs by default, as `images.lock` lists them. */
export const IMAGES = lockedImages(fileBeside(__dirname, 'images.lock'), NAMES);

/** The users that own the files of those images. */
export const UIDS = { postgres: 70, synapse: 991, nginx: 101, haproxy: 99 } as const;

/** References of images, each with a tag or a digest. Those that are left out are of `images.lock`. */
export interface Images {
  /** PostgreSQL, to run as user 70. */
  readonly postgres?: string;
  /** Synapse, to run as user 991; its Python runs the scripts too. */
  readonly synapse?: string;
  readonly restic?: string;
  /** nginx, to run as user 101. */
  readonly nginx?: string;
  /** HAProxy, to run as user 99. */
  readonly haproxy?: string;
}

/** Where images come from: the same props wherever there are pods. */
export interface ImageOptions {
  /**
   * Other images than those of `images.lock`, such as `{ synapse: 'ghcr.io/element-hq/synapse:v1.163.2@sha256:…' }`.
   *
   * @default - `images.lock`
   */
  readonly images?: Images;
  /**
   * A registry, or a path in one, that holds the images under their full names: with `registry.example.org/mirror`,
   * `docker.io/library/postgres:17.11-alpine` becomes `registry.example.org/mirror/docker.io/library/postgres:17.11-alpine`.
   * One of `images` stays as it is.
   *
   * @default - each image's own registry
   * @see https://github.com/containers/skopeo/blob/main/docs/skopeo-sync.1.md
   */
  readonly imageRegistry?: string;
  /**
   * Secrets of the namespace with the credentials of registries, of type `kubernetes.io/dockerconfigjson`.
   *
   * @default - images are pulled without credentials, or with those of the service account or node
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/
   */
  readonly imagePullSecrets?: string[];
}

/**
 * The image that the system runs, from the registry that is to be used.
 *
 * @throws when the registry or the image is none.
 */
export function imageOf(name: ImageName, { images, imageRegistry }: ImageOptions): string {
  const own = images?.[name];
  if (own !== undefined) {
    return checkedImage(own);
  }
  return imageRegistry === undefined ? IMAGES[name] : `${checkedRegistry(imageRegistry)}/${IMAGES[name]}`;
}
