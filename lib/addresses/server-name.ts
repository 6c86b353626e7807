import { isIPv4, isIPv6 } from 'node:net';
import { HOST_LABEL } from './host';
import { isPort } from './port';

/** Room and user IDs have at most 255 bytes, of which the rest is for the local part. */
const MAX_LENGTH = 230;

/**
 * Checks the name of a Matrix server, which is part of every user and room ID and can never change.
 *
 * @param allowIpLiteral accepts an IP address, which the server can then never change; for tests and closed networks.
 * @param what the prop, for the message.
 * @throws when the name is not a valid server name.
 * @see https://spec.matrix.org/latest/appendices/#server-name
 */
export function checkServerName(name: string, allowIpLiteral = false, what = 'serverName'): void {
  const fail = (why: string, remedy: string): never => {
    throw new Error(`${what} is ${JSON.stringify(name)}, but ${why}: ${remedy}`);
  };
  if (name.trim() === '') fail('it must not be empty', 'use a domain, such as example.org');
  if (/\s/.test(name)) fail('it must not contain spaces', `use ${JSON.stringify(name.replace(/\s+/g, ''))}`);
  const withoutScheme = name.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  if (withoutScheme !== name)
    fail('it must be a name, not a URL', `use ${JSON.stringify(withoutScheme.split('/')[0])}`);
  if (name.includes('/') || name.includes('@')) fail('it must be only a domain', 'leave out paths and user names');
  if (name !== name.toLowerCase()) {
    fail(
      'it must be in lower case, because other servers compare IDs exactly',
      `use ${JSON.stringify(name.toLowerCase())}`,
    );
  }
  if (name.length > MAX_LENGTH)
    fail(`it has ${name.length} characters`, `use at most ${MAX_LENGTH}, because IDs are limited to 255 bytes`);
  const { host, port } = split(name);
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && isPort(Number(port)))) {
    fail(`"${port}" is not a valid port`, 'leave the port out, because other servers learn it by discovery');
  }
  if (isIpLiteral(host)) {
    if (!allowIpLiteral) {
      fail('an IP address stays in every ID forever and has no public certificate', 'use a domain that you own');
    }
    return;
  }
  if (/(^|\.)\d+$/.test(host))
    fail('it ends like an IP address but is not a valid one', 'use a domain, such as example.org');
  const wrong = host.split('.').find((label) => !HOST_LABEL.test(label));
  if (wrong !== undefined) {
    fail(
      `"${wrong}" is not a valid part of a host name`,
      'use letters a-z, digits and hyphens, at most 63 between two dots (international names in their xn-- form)',
    );
  }
}

/** Returns the host of a valid server name, without its port. */
export function hostOfServerName(name: string): string {
  return split(name).host;
}

/**
 * The host and port that other servers connect to without asking for discovery, because the name has a port or is an IP
 * address; undefined for all other names.
 *
 * @see https://spec.matrix.org/latest/server-server-api/#resolving-server-names
 */
export function fixedAddressOf(name: string): string | undefined {
  const { host, port } = split(name);
  return port !== undefined || isIpLiteral(host) ? `${host}:${port ?? 8448}` : undefined;
}

/** Splits `[::1]:8448` or `example.org:8448` into host and port. */
function split(name: string): { host: string; port?: string } {
  const end = name.startsWith('[') ? name.indexOf(']') : 0;
  const colon = name.indexOf(':', Math.max(end, 0));
  return colon < 0 ? { host: name } : { host: name.slice(0, colon), port: name.slice(colon + 1) };
}

function isIpLiteral(host: string): boolean {
  return isIPv4(host) || (host.startsWith('[') && host.endsWith(']') && isIPv6(host.slice(1, -1)));
}
