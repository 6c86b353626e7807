/** Where the old server's files are on the claim of the homeserver. */
export interface MigrationSource {
  /** File of the SQLite database. @default homeserver.db */
  readonly sqlite?: string;
  /** File of the signing key. @default - the server name and `.signing.key` */
  readonly signingKey?: string;
}

/**
 * Checks the name of a file on the claim, and returns it.
 *
 * @throws when it is not the name of a file in the claim's top folder.
 */
export function checkedFile(prop: string, name: string): string {
  if (!/^[\w][\w.:-]{0,127}$/.test(name)) {
    throw new Error(
      `${prop} '${name}' is not the name of a file: use one in the top folder of the claim, such as 'homeserver.db', without a path`,
    );
  }
  return name;
}
