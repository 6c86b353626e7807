import type { Image } from '../../../kubernetes/images/image';

/** Valkey, through which the processes of Synapse tell one another what is new. */
export const VALKEY_IMAGE: Image = {
  name: 'valkey',
  reference: 'docker.io/valkey/valkey:8.1-alpine',
  uid: 999,
};
