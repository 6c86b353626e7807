import { isIP, isIPv6 } from 'node:net';
import { isPort } from './port';

/** One part of a host name, in lower case. */
export const HOST_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Whether a text is a host name in lower case: `localhost`, `db.example.org`. */
export function isHostName(host: string): boolean {
  return host.length <= 253 && host.split('.').every((label) => HOST_LABEL.test(label));
}

/**
 * Checks a host that an Ingress or a Gateway must match, and returns it.
 *
 * @param what the prop, for the message.
 * @throws when it is not a full host name in lower case.
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards
 */
export function checkedPublicHost(what: string, host: string): string {
  if (!isHostName(host) || !/\.[a-z][^.]*$/.test(host)) {
    throw new Error(
      `host '${host}' of ${what} is not a full host name, and an Ingress or Gateway can match nothing else: use lower case, such as ` +
        'matrix.example.org, or Entry.none()',
    );
  }
  return host;
}

/**
 * Checks the name or address of a server, and returns it.
 *
 * @param what the prop, for the message.
 * @throws when it is neither a host name nor an IP address.
 */
export function checkedHost(what: string, host: string): string {
  // A pattern would take what is undefined for that word.
  if (typeof host !== 'string' || (isIP(host) === 0 && !isHostName(host.toLowerCase()))) {
    throw new Error(
      `${what} '${host}' is not a host name or an address: leave scheme, port and path out, such as db.example.org`,
    );
  }
  return host;
}

/**
 * Checks a host with its port, and returns both as one text.
 *
 * @param what the prop, for the message.
 * @throws when one of them is missing or not valid.
 */
export function checkedHostAndPort(what: string, address: string): string {
  const [, host, port] = /^(\[[0-9a-f:.]+\]|[^:]+):(\d{1,5})$/.exec(`${address}`) ?? [];
  const isHost = host?.startsWith('[') ? isIPv6(host.slice(1, -1)) : isHostName(host ?? '');
  if (!isHost || !isPort(Number(port))) {
    throw new Error(
      `${what} '${address}' is not a host with a port: use both, in lower case and without a scheme, such as matrix.example.org:443`,
    );
  }
  return address;
}
