import { callServers } from './call-servers';
import type { ElementHomeserver } from './element-config';

/** Where calls are held, if they are. */
export interface ElementCalls {
  /** URL of an Element Call at another host. */
  readonly elementCallUrl?: string;
  /** URL of the token service. */
  readonly callServiceUrl?: string;
}

/**
 * Returns the headers of every answer.
 *
 * The page has a policy of its own for scripts. Browsers apply both: this one names the servers that the page may ask.
 */
export function elementHeaders(
  { serverName, publicBaseUrl }: ElementHomeserver,
  { elementCallUrl, callServiceUrl }: ElementCalls = {},
): { [name: string]: string } {
  const callPage = elementCallUrl ? [elementCallUrl] : [];
  // The page brings an Element Call of its own along, which asks the servers of calls.
  const asked = [publicBaseUrl, `https://${serverName}`, ...callServers(callServiceUrl)];
  const policy = [
    `connect-src 'self' blob: data: ${asked.join(' ')}`,
    `img-src 'self' blob: data: ${publicBaseUrl}`,
    `media-src 'self' blob: data: ${publicBaseUrl}`,
    ["frame-src 'self' blob: data:", ...callPage].join(' '),
    "object-src 'none'",
    "base-uri 'self'",
    "frame-ancestors 'self'",
  ].join('; ');
  const devices = elementCallUrl ? `(self "${elementCallUrl}")` : '(self)';
  return {
    'Content-Security-Policy': policy,
    'Permissions-Policy': ['camera', 'microphone', 'display-capture'].map((one) => `${one}=${devices}`).join(', '),
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'SAMEORIGIN',
  };
}
