import type { Image } from '../kubernetes/images/image';

/** nginx that runs without root. */
export const NGINX_IMAGE: Image = {
  name: 'nginx',
  reference: 'docker.io/nginxinc/nginx-unprivileged:1.29-alpine',
  uid: 101,
};
