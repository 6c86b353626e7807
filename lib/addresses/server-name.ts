import { isIPv4, isIPv6 } from 'node:net';
import { HOST_LABEL } from './host';
import { isPort } from './port';

/** Room and user IDs may have 255 bytes in all; the rest is left for the local part. */
const MAX_LENGTH = 230;

/**
 * Throws when this cannot be the name of a Matrix server.
 *
 * The name stands in every user and room ID and can never change, so a mistake here is worth stopping for. An IP literal is
 * legal but ties the server to its address for ever; `allowIpLiteral` is for tests and closed networks.
 *
 * @see https://spec.matrix.org/latest/appendices/#server-name
 */
export function checkServerName(name: string, allowIpLiteral = false, what = 'serverName'): void {
  const fail = (why: string, remedy: string): never => {
    throw new Error(`${what} is ${JSON.stringify(name)}, but ${why}: ${remedy}`);
  };
  if (typeof name !== 'string' || name.trim() === '')
    fail('it must not be empty', 'write a domain, such as example.org');
  if (/\s/.test(name)) fail('it must not contain spaces', `write ${JSON.stringify(name.replace(/\s+/g, ''))}`);
  const withoutScheme = name.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  if (withoutScheme !== name)
    fail('it is a name and not a URL', `write ${JSON.stringify(withoutScheme.split('/')[0])}`);
  if (name.includes('/') || name.includes('@')) fail('it is a bare domain', 'leave out paths and user names');
  if (name !== name.toLowerCase()) {
    fail(
      'upper case letters make IDs that other servers compare wrongly',
      `write ${JSON.stringify(name.toLowerCase())}`,
    );
  }
  if (name.length > MAX_LENGTH)
    fail(`it has ${name.length} characters`, `write at most ${MAX_LENGTH}, IDs must stay below 255`);
  const { host, port } = split(name);
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && isPort(Number(port)))) {
    fail(`"${port}" is no port`, 'leave the port out, discovery tells it to other servers');
  }
  if (isIpLiteral(host)) {
    if (!allowIpLiteral) {
      fail('an IP address stays in every ID for ever and has no public certificate', 'write a domain that is yours');
    }
    return;
  }
  if (/(^|\.)\d+$/.test(host)) fail('it ends as an address does and is none', 'write a domain, such as example.org');
  const wrong = host.split('.').find((label) => !HOST_LABEL.test(label));
  if (wrong !== undefined) {
    fail(
      `"${wrong}" is no part of a host name`,
      'write letters a-z, digits and hyphens, up to 63 between two dots (international names in their xn-- form)',
    );
  }
}

/** The host of a server name that was checked, without its port. */
export function hostOfServerName(name: string): string {
  return split(name).host;
}

/** `[::1]:8448` and `example.org:8448` in two parts. */
function split(name: string): { host: string; port?: string } {
  const end = name.startsWith('[') ? name.indexOf(']') : 0;
  const colon = name.indexOf(':', Math.max(end, 0));
  return colon < 0 ? { host: name } : { host: name.slice(0, colon), port: name.slice(colon + 1) };
}

function isIpLiteral(host: string): boolean {
  return isIPv4(host) || (host.startsWith('[') && host.endsWith(']') && isIPv6(host.slice(1, -1)));
}
