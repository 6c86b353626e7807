import { fileBeside } from './files';
import { checkedRegistry } from './image-reference';
import { lockedImages } from './images-lock';

const NAMES = ['postgres', 'synapse', 'restic', 'nginx', 'haproxy'] as const;

/** What an image is for. */
export type ImageName = (typeof NAMES)[number];

/** The images that the system runs by default, as `images.lock` lists them. */
export const IMAGES = lockedImages(fileBeside(__dirname, 'images.lock'), NAMES);

/** The users that own the files of those images. */
export const UIDS = { postgres: 70, synapse: 991, nginx: 101, haproxy: 99 } as const;

/** Where images come from: the same props wherever there are pods. */
export interface ImageOptions {
  /**
   * A registry, or a path in one, that holds the images under their full names: with `registry.example.org/mirror`,
   * `docker.io/library/postgres:17.11-alpine` becomes `registry.example.org/mirror/docker.io/library/postgres:17.11-alpine`.
   * An image that is given by a prop stays as it is.
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
 * The image that the system runs by default, from the registry that is to be used.
 *
 * @throws when the registry is none.
 */
export function defaultImage(name: ImageName, { imageRegistry }: ImageOptions): string {
  return imageRegistry === undefined ? IMAGES[name] : `${checkedRegistry(imageRegistry)}/${IMAGES[name]}`;
}
