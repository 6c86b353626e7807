import type { Image } from '../../kubernetes/images/image';

/** PostgreSQL: Alpine's build, whose user is 70. */
export const POSTGRES_IMAGE: Image = {
  name: 'postgres',
  reference: 'docker.io/library/postgres:17.11-alpine',
  uid: 70,
};
