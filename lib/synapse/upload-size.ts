/** The proxy cannot compare a larger Content-Length; see edge/proxy/haproxy/30-checks.cfg. */
const MOST = 2e9;
const UNITS: { [suffix: string]: number } = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/**
 * Converts a size in homeserver.yaml, such as `50M`, to bytes.
 *
 * @throws when the size is not valid, or larger than the proxy can compare.
 * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#config-conventions
 */
export function bytesOf(size: number | string): number {
  const [, amount, unit] = /^(\d+)([KMGT]?)$/.exec(`${size}`) ?? [];
  if (amount === undefined) {
    throw new Error(`max_upload_size '${size}' is not a valid size: use a whole number with K, M or G, such as 50M`);
  }
  const bytes = Number(amount) * UNITS[unit];
  if (bytes >= MOST) {
    throw new Error(
      `max_upload_size '${size}' is more than the proxy in front accepts: use less than 2 GB, such as 1G`,
    );
  }
  return bytes;
}
