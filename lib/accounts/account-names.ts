/** Local part of the first administrator, when none is named. */
export const ADMIN_USERNAME = 'matrix-admin';

const LOCAL_PART = /^[a-z0-9._=\-/+]+$/;

/**
 * Checks the local part of an account's name and returns it.
 *
 * @param what the prop, for the message.
 * @throws when no account can have it.
 * @see https://spec.matrix.org/latest/appendices/#user-identifiers
 */
export function checkedLocalPart(what: string, name: string, serverName: string): string {
  if (!LOCAL_PART.test(name)) {
    throw new Error(
      `${what} '${name}' is no name of an account: write lower-case letters, digits and ._=-/+ alone, such as matrix-admin`,
    );
  }
  const id = `@${name}:${serverName}`;
  if (id.length > 255) {
    throw new Error(
      `${what} '${name}' makes the ID ${id} of ${id.length} characters: write a shorter name, IDs have at most 255`,
    );
  }
  return name;
}

/**
 * Checks the local part of an account that is made with a password, and returns it.
 *
 * @throws when Synapse would not make it: digits alone are guests, and what begins with `_` is for application services.
 */
export function checkedAdminUsername(name: string, serverName: string): string {
  if (/^_|^\d+$/.test(name)) {
    throw new Error(
      `adminUsername '${name}' is reserved for ${name.startsWith('_') ? 'application services' : 'guests'}: write another one, such as ${ADMIN_USERNAME}`,
    );
  }
  return checkedLocalPart('adminUsername', name, serverName);
}

/**
 * Checks the names of the platform's own accounts: local parts, or IDs of this server.
 *
 * @throws when one is neither, or is named twice.
 */
export function checkedUnlimited(names: string[], serverName: string): string[] {
  const ids = names.map((name) => {
    const [, localPart, server] = /^@([^:]*):(.*)$/.exec(name) ?? [undefined, name, serverName];
    if (server !== serverName) {
      throw new Error(
        `unlimited has '${name}', an account of another server: only those of ${serverName} have limits here, write @name:${serverName} or the name alone`,
      );
    }
    return `@${checkedLocalPart('unlimited:', localPart ?? '', serverName)}:${serverName}`;
  });
  const twice = ids.find((id, position) => ids.indexOf(id) !== position);
  if (twice) {
    throw new Error(`unlimited has '${twice}' twice: name each account once`);
  }
  return ids;
}
