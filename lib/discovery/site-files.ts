import type { Duration } from 'cdk8s';
import type { DiscoverySite } from './site';
import { discoveryHostOf, wellKnownOf } from './well-known';

/**
 * Returns the files that default.conf reads, by name: the documents, the list of hosts and the cache headers.
 *
 * @throws when there is no site, two sites have the same host, or a site is not valid.
 */
export function siteFiles(sites: DiscoverySite[], maxAge: Duration): { [file: string]: string } {
  if (sites.length === 0) {
    throw new Error('sites is empty, so there is nothing to serve: add a site, or leave MatrixDiscovery out');
  }
  const names = new Map<string, string>();
  const files: { [file: string]: string } = {};
  for (const site of sites) {
    const host = discoveryHostOf(site.serverName);
    if (names.has(host)) {
      throw new Error(
        `sites has ${names.get(host)} and ${site.serverName}, which have the same host ${host}, so only one can be ` +
          'served: leave one of the two out',
      );
    }
    names.set(host, site.serverName);
    for (const [document, content] of Object.entries(wellKnownOf(site))) {
      if (content !== undefined) {
        files[`${fileName(site.serverName)}.${document}.json`] = `${JSON.stringify(content, undefined, 2)}\n`;
      }
    }
  }
  const keep = `"public, max-age=${maxAge.toSeconds()}"`;
  return {
    ...files,
    'hosts.map': [...names].map(([host, serverName]) => `=${host} ${fileName(serverName)};\n`).join(''),
    'freshness.map': `200 ${keep};\n304 ${keep};\n`,
  };
}

/** Replaces ':', which keys of a ConfigMap cannot have, by '_', which server names cannot have. */
function fileName(serverName: string): string {
  return serverName.replace(':', '_');
}
