import type { Image } from '../kubernetes/images/image';

/** Synapse. The Python programs run in this image too. */
export const SYNAPSE_IMAGE: Image = {
  name: 'synapse',
  reference: 'ghcr.io/element-hq/synapse:v1.163.2',
  uid: 991,
};
