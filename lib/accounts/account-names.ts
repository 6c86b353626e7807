/** Default local part of the first administrator. */
export const ADMIN_USERNAME = 'matrix-admin';

const LOCAL_PART = /^[a-z0-9._=\-/+]+$/;

/**
 * Checks the local part of a user ID, and returns it.
 *
 * @param what the prop, for the message.
 * @throws when the local part is not valid, or the user ID would be too long.
 * @see https://spec.matrix.org/latest/appendices/#user-identifiers
 */
export function checkedLocalPart(what: string, name: string, serverName: string): string {
  if (!LOCAL_PART.test(name)) {
    throw new Error(
      `${what} '${name}' is not a valid account name: use only lower-case letters, digits and ._=-/+, such as matrix-admin`,
    );
  }
  const id = `@${name}:${serverName}`;
  if (id.length > 255) {
    throw new Error(
      `${what} '${name}' makes the user ID ${id} ${id.length} characters long: use a shorter name, because IDs have at most 255`,
    );
  }
  return name;
}

/**
 * Checks the local part of an account with a password, and returns it.
 *
 * @throws when it is reserved: only digits for guests, a leading `_` for application services.
 */
export function checkedAdminUsername(name: string, serverName: string): string {
  if (/^_|^\d+$/.test(name)) {
    throw new Error(
      `adminUsername '${name}' is reserved for ${name.startsWith('_') ? 'application services' : 'guests'}: use another name, such as ${ADMIN_USERNAME}`,
    );
  }
  return checkedLocalPart('adminUsername', name, serverName);
}

/**
 * Checks names of accounts, which are local parts or full IDs of this server, and returns full IDs.
 *
 * @throws when a name is not valid, or is listed twice.
 */
export function checkedUnlimited(names: string[], serverName: string): string[] {
  const ids = names.map((name) => {
    const [, localPart, server] = /^@([^:]*):(.*)$/.exec(name) ?? [undefined, name, serverName];
    if (server !== serverName) {
      throw new Error(
        `unlimited has '${name}', an account of another server: use accounts of ${serverName}, as @name:${serverName} or only the name`,
      );
    }
    return `@${checkedLocalPart('unlimited:', localPart ?? '', serverName)}:${serverName}`;
  });
  const twice = ids.find((id, position) => ids.indexOf(id) !== position);
  if (twice) {
    throw new Error(`unlimited has '${twice}' twice: list each account once`);
  }
  return ids;
}
