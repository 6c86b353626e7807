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
