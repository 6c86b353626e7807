import type { ElementHomeserver } from './element-config';

/**
 * Returns the headers of every answer, as nginx takes them.
 *
 * The page has a policy of its own for scripts. Browsers apply both: this one names the servers that the page may ask.
 */
export function elementHeaders({ serverName, publicBaseUrl }: ElementHomeserver, elementCallUrl?: string): string {
  const calls = elementCallUrl ? ` ${elementCallUrl}` : '';
  const policy = [
    ['connect-src', "'self'", 'blob:', 'data:', publicBaseUrl, `https://${serverName}`].join(' '),
    `img-src 'self' blob: data: ${publicBaseUrl}`,
    `media-src 'self' blob: data: ${publicBaseUrl}`,
    `frame-src 'self' blob: data:${calls}`,
    "object-src 'none'",
    "base-uri 'self'",
    "frame-ancestors 'self'",
  ].join('; ');
  const devices = elementCallUrl ? `(self "${elementCallUrl}")` : '(self)';
  const headers = {
    'Content-Security-Policy': policy,
    'Permissions-Policy': ['camera', 'microphone', 'display-capture'].map((one) => `${one}=${devices}`).join(', '),
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'SAMEORIGIN',
  };
  return Object.entries(headers)
    .map(([name, value]) => `add_header ${name} '${value.replaceAll("'", "\\'")}' always;\n`)
    .join('');
}
