/**
 * Checks the base URL of a server, and returns it without a trailing slash.
 *
 * @param what the prop, for the message.
 * @throws when it has no scheme, or has a path, query or user.
 * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#public_baseurl
 */
export function checkedBaseUrl(what: string, url: string): string {
  if (!/^https?:\/\//.test(url)) {
    throw new Error(`${what} '${url}' has no scheme: use https:// and the host, such as https://matrix.example.org`);
  }
  const parsed = URL.canParse(url) && !/[\s\\]/.test(url) ? new URL(url) : undefined;
  if (!parsed || `${parsed.origin}/` !== parsed.href) {
    throw new Error(
      `${what} '${url}' is not a valid base URL: use only scheme, host and port, such as https://matrix.example.org`,
    );
  }
  return parsed.origin;
}
