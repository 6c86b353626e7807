/**
 * Checks the name of a database or role and returns it.
 *
 * @param what the prop, for the message.
 * @throws when PostgreSQL would need quotes for it, or it has another use.
 * @see https://www.postgresql.org/docs/17/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
 */
export function checkedIdentifier(what: string, name: string): string {
  if (
    !/^[a-z_][a-z0-9_]{0,62}$/.test(name) ||
    /^pg_/.test(name) ||
    ['postgres', 'backup', 'template0', 'template1'].includes(name)
  ) {
    throw new Error(
      `${what} '${name}' cannot be used: write lower-case letters, digits and '_', at most 63 characters; ` +
        `'postgres', 'backup', PostgreSQL's templates and all that begins with 'pg_' have their own use`,
    );
  }
  return name;
}
