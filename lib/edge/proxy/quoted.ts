/**
 * Quotes a value as one word of HAProxy's configuration, in which nothing is expanded.
 *
 * @throws when the value has a single quote or a control character.
 * @see https://docs.haproxy.org/3.0/configuration.html#2.2
 */
export function quoted(value: string | number): string {
  const text = `${value}`;
  if (/['\p{Cc}]/u.test(text)) {
    throw new Error(
      `${JSON.stringify(text)} cannot be quoted in HAProxy's configuration: use a value without ' and control characters`,
    );
  }
  return `'${text}'`;
}
