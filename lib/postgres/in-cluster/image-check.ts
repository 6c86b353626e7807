import { POSTGRES_IMAGE } from './postgres-image';

/** The official images on Debian, also in a mirror under their full name. */
const DEBIAN = /^((docker\.io\/)?(library\/)?|.*\/docker\.io\/library\/)postgres:(?![^@]*alpine)/;

/** The first version that understands pg_ident.conf. */
const OLDEST = 16;

/**
 * Checks that an image is neither older than PostgreSQL 16 nor one of PostgreSQL on Debian, whose user has another UID, and returns it.
 *
 * @throws when it is.
 */
export function checkedPostgresImage(reference: string): string {
  if (DEBIAN.test(reference)) {
    throw new Error(
      `image '${reference}' for postgres in images is on Debian, which has no user with UID ${POSTGRES_IMAGE.uid}: use one on Alpine, such as ` +
        `'${POSTGRES_IMAGE.reference}'`,
    );
  }
  const [, major] = /(?:^|\/)postgres:(\d+)/.exec(reference) ?? [];
  if (major && Number(major) < OLDEST) {
    throw new Error(
      `image '${reference}' for postgres in images is PostgreSQL ${major}, and ${OLDEST} or newer is needed: use '${POSTGRES_IMAGE.reference}', ` +
        'and move the data of an older one by PostgresUpgrade, see docs/operations/postgresql-major.md',
    );
  }
  return reference;
}
