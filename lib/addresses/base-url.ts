/**
 * Checks where clients reach a server, and returns it without a slash at the end.
 *
 * @param what the prop, for the message.
 * @throws without a scheme, or with a path, query or user.
 * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#public_baseurl
 */
export function checkedBaseUrl(what: string, url: string): string {
  if (!/^https?:\/\//.test(url)) {
    throw new Error(`${what} '${url}' has no scheme: use https:// and the host, such as https://matrix.example.org`);
  }
  const parsed = URL.canParse(url) && !/[\s\\]/.test(url) ? new URL(url) : undefined;
  if (!parsed || `${parsed.origin}/` !== parsed.href) {
    throw new Error(`${what} '${url}' must be only scheme, host and port, such as https://matrix.example.org`);
  }
  return parsed.origin;
}
