import type { Image } from '../../kubernetes/images/image';

/** Element Call: nginx with the page's files. */
export const ELEMENT_CALL_IMAGE: Image = {
  name: 'element-call',
  reference: 'ghcr.io/element-hq/element-call:v0.26.1',
  uid: 101,
};
