import { POSTGRES_IMAGE } from './postgres-image';

/** The official images on Debian, also in a mirror under their full name. */
const DEBIAN = /^((docker\.io\/)?(library\/)?|.*\/docker\.io\/library\/)postgres:(?![^@]*alpine)/;

/**
 * Checks that an image is not one of PostgreSQL on Debian, whose user has another UID, and returns it.
 *
 * @throws when it is one.
 */
export function checkedPostgresImage(reference: string): string {
  if (DEBIAN.test(reference)) {
    throw new Error(
      `image '${reference}' for postgres in images is on Debian, which has no user with UID ${POSTGRES_IMAGE.uid}: use one on Alpine, such as ` +
        `'${POSTGRES_IMAGE.reference}'`,
    );
  }
  return reference;
}
