/**
 * Checks the name of a database or role of a server that is managed elsewhere, and returns it.
 *
 * @param what name of the prop, for the message.
 * @throws when PostgreSQL reserves it, or it is empty, longer than PostgreSQL allows, or has characters that a connection string would need to quote.
 */
export function checkedExternalName(what: string, name: string): string {
  checkReserved(what, name);
  if (!/^[^\s'"\\`$]{1,63}$/.test(name)) {
    throw new Error(
      `${what} '${name}' of the external database is not a valid name: use at most 63 characters without spaces, quotes, '\\' and '$'`,
    );
  }
  return name;
}

/**
 * Checks the name of a database or role and returns it.
 *
 * @param what name of the prop, for the message.
 * @throws when PostgreSQL would need quotes for it, or reserves it.
 * @see https://www.postgresql.org/docs/17/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
 */
export function checkedIdentifier(what: string, name: string): string {
  checkReserved(what, name);
  if (
    !/^[a-z_][a-z0-9_]{0,62}$/.test(name) ||
    /^pg_/.test(name) ||
    ['postgres', 'backup', 'metrics', 'template0', 'template1'].includes(name)
  ) {
    throw new Error(
      `${what} '${name}' is not a valid name: use at most 63 lower-case letters, digits and '_', not beginning with a digit. ` +
        `'postgres', 'backup', 'metrics', 'template0', 'template1' and names that begin with 'pg_' are reserved`,
    );
  }
  return name;
}

/** Fails for names that PostgreSQL gives to no role, even in quotes. */
function checkReserved(what: string, name: string): void {
  if (what === 'user' && ['public', 'none'].includes(name)) {
    throw new Error(
      `user '${name}' is not a valid name: use another one, such as synapse_user. 'public' and 'none' are reserved by PostgreSQL`,
    );
  }
}
