import type { Image } from '../../kubernetes/images/image';

/** HAProxy, the proxy in front of Synapse. */
export const HAPROXY_IMAGE: Image = {
  name: 'haproxy',
  reference: 'docker.io/library/haproxy:3.0-alpine',
  uid: 99,
};
