import type { Image } from '../kubernetes/images/image';

/** Element Web: nginx with the client's files. */
export const ELEMENT_IMAGE: Image = {
  name: 'element-web',
  reference: 'ghcr.io/element-hq/element-web:v1.12.26',
  uid: 101,
};
