/** Date of the table. A major version that came later is not in it. */
export const TABLE_DATE = '2026-06-20';

/**
 * Last day of support of each major version of PostgreSQL.
 *
 * @see https://www.postgresql.org/support/versioning/
 */
export const POSTGRES_ENDS: { readonly [major: number]: string } = {
  12: '2024-11-21',
  13: '2025-11-13',
  14: '2026-11-12',
  15: '2027-11-11',
  16: '2028-11-09',
  17: '2029-11-08',
  18: '2030-11-14',
};
