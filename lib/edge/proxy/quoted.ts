/**
 * A value as one word of haproxy's configuration, in which nothing is expanded.
 *
 * @throws when the value cannot be quoted.
 * @see https://docs.haproxy.org/3.0/configuration.html#2.2
 */
export function quoted(value: string | number): string {
  const text = `${value}`;
  if (/['\p{Cc}]/u.test(text)) {
    throw new Error(
      `${JSON.stringify(text)} cannot be quoted in haproxy's configuration: use a value without ' and control characters`,
    );
  }
  return `'${text}'`;
}
