import type { Image } from '../../kubernetes/images/image';

/** PostgreSQL on Alpine, whose user has UID 70. */
export const POSTGRES_IMAGE: Image = {
  name: 'postgres',
  reference: 'docker.io/library/postgres:17.11-alpine',
  uid: 70,
};
