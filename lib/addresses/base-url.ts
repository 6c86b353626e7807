/**
 * Checks where clients reach the server, and returns it without a slash at the end.
 *
 * @throws without a scheme, or with a path, query or user.
 * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#public_baseurl
 */
export function checkedPublicBaseUrl(url: string): string {
  if (!/^https?:\/\//.test(url)) {
    throw new Error(`publicBaseUrl '${url}' has no scheme: write it as https://matrix.example.org`);
  }
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || `${parsed.origin}/` !== parsed.href) {
    throw new Error(`publicBaseUrl '${url}' must be scheme, host and port alone, such as https://matrix.example.org`);
  }
  return parsed.origin;
}
