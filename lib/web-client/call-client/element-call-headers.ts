import { callServers } from '../call-servers';
import type { ElementCallFacts } from './element-call-config';

/** Returns the headers of every answer: the page asks only the servers of its calls, and only these clients show it. */
export function elementCallHeaders(facts: ElementCallFacts, embeddedBy: string[]): { [name: string]: string } {
  const asked = [facts.publicBaseUrl, `https://${facts.serverName}`, ...callServers(facts.serviceUrl)];
  const policy = [
    "default-src 'none'",
    // Its scripts within the page change with each version, so they have no hashes here. No input gets into the page's HTML.
    "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: ${facts.publicBaseUrl}`,
    "font-src 'self'",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    `connect-src 'self' ${asked.join(' ')}`,
    `frame-ancestors ${embeddedBy.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return {
    'Content-Security-Policy': policy,
    'Permissions-Policy': 'camera=(self), microphone=(self), display-capture=(self), geolocation=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}
