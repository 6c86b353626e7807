import type { Duration } from 'cdk8s';
import type { DiscoverySite } from './site';
import { discoveryHostOf, wellKnownOf } from './well-known';

/**
 * Everything that default.conf reads about the sites, by file name: the documents, the list of hosts that have some, and how
 * long they may be kept.
 *
 * @throws when there is no site, two sites answer to one host, or a site is wrong in itself.
 */
export function siteFiles(sites: DiscoverySite[], maxAge: Duration): { [file: string]: string } {
  if (sites.length === 0) {
    throw new Error('sites is empty, so that nothing could be discovered: give one, or leave MatrixDiscovery out');
  }
  const names = new Map<string, string>();
  const files: { [file: string]: string } = {};
  for (const site of sites) {
    const host = discoveryHostOf(site.serverName);
    if (names.has(host)) {
      throw new Error(
        `sites has ${names.get(host)} and ${site.serverName}: both are asked for as ${host}, so that only one can be ` +
          'answered; leave one of the two out',
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

/** Keys of a ConfigMap have no ':'; server names have no '_'. */
function fileName(serverName: string): string {
  return serverName.replace(':', '_');
}
