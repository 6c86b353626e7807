import type { Image } from '../../kubernetes/images/image';

/** PostgreSQL for the operator CloudNativePG, whose user has UID 26. */
export const CLOUD_NATIVE_PG_IMAGE: Image = {
  name: 'cloud-native-pg',
  reference: 'ghcr.io/cloudnative-pg/postgresql:17.11',
  uid: 26,
};
