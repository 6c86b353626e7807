import { checkedLocalPart } from '../addresses/local-part';

/** Default local part of the first administrator. */
export const ADMIN_USERNAME = 'matrix-admin';

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
