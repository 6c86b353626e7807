import { isIP, isIPv6 } from 'node:net';
import { isPort } from './port';

/** The pattern of one label of a host name, in lower case. */
export const HOST_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Whether a text is a host name in lower case, such as `localhost` or `db.example.org`. */
export function isHostName(host: string): boolean {
  return host.length <= 253 && host.split('.').every((label) => HOST_LABEL.test(label));
}

/**
 * Checks a host for an Ingress or a Gateway, and returns it.
 *
 * @param what the prop, for the message.
 * @throws when it is not a full host name in lower case.
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards
 */
export function checkedPublicHost(what: string, host: string): string {
  if (!isHostName(host) || !/\.[a-z][^.]*$/.test(host)) {
    throw new Error(
      `host '${host}' of ${what} is not a full host name, which an Ingress or Gateway needs: use a name in lower case, such as ` +
        'matrix.example.org, or Entry.none()',
    );
  }
  return host;
}

/**
 * Checks a host name or IP address, and returns it.
 *
 * @param what the prop, for the message.
 * @throws when it is neither a host name nor an IP address.
 */
export function checkedHost(what: string, host: string): string {
  if (isIP(host) === 0 && !isHostName(host.toLowerCase())) {
    throw new Error(
      `${what} '${host}' is not a valid host name or IP address: leave out scheme, port and path, such as db.example.org`,
    );
  }
  return host;
}

/**
 * Checks an address of the form `host:port`, and returns it.
 *
 * @param what the prop, for the message.
 * @throws when host or port is missing or not valid.
 */
export function checkedHostAndPort(what: string, address: string): string {
  const [, host, port] = /^(\[[0-9a-f:.]+\]|[^:]+):(\d{1,5})$/.exec(address) ?? [];
  const isHost = host?.startsWith('[') ? isIPv6(host.slice(1, -1)) : isHostName(host ?? '');
  if (!isHost || !isPort(Number(port))) {
    throw new Error(
      `${what} '${address}' is not a valid host with a port: use both, in lower case and without a scheme, such as matrix.example.org:443`,
    );
  }
  return address;
}
