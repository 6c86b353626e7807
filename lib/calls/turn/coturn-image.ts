import type { Image } from '../../kubernetes/images/image';

/** coturn. Before 4.13.1, some forms of private IPv6 addresses were not recognised among the denied ones. */
export const COTURN_IMAGE: Image = {
  name: 'coturn',
  reference: 'docker.io/coturn/coturn:4.17.1-alpine',
  uid: 65534,
};
