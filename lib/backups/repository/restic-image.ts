import type { Image } from '../../kubernetes/images/image';

/** restic; only its program is copied out of the image. */
export const RESTIC_IMAGE: Image = {
  name: 'restic',
  reference: 'docker.io/restic/restic:0.19.1',
  uid: 70,
};
