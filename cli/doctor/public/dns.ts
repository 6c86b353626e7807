import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type Check, type Finding, fail, orOk } from '../check';
import { placeOf, sitesOf, tlsPlaces } from '../facts/public-places';

/** Whether the public hosts resolve to addresses. */
export const dns: Check = {
  name: 'dns',
  fromOutside: true,
  look: async (situation) => {
    const { homeserver, outside } = situation;
    const base = homeserver.publicBaseUrl ? [placeOf(homeserver.publicBaseUrl)] : [];
    const places = [...base, ...tlsPlaces(homeserver, await sitesOf(situation))];
    const asked = places.filter(({ host, port }) => !isIP(host) && !outside.isGiven(host, port));
    const hosts = [...new Set(asked.map(({ host }) => host))];
    const problems = (await Promise.all(hosts.map(judgeHost))).flat();
    return orOk(problems, hosts.length > 0 ? `${hosts.join(', ')} resolve` : 'no host had to be looked up');
  },
};

/** The problem of a host, if it does not resolve. */
export async function judgeHost(host: string): Promise<Finding[]> {
  return lookup(host).then(
    () => [],
    ({ code }) => [fail(`${host} does not resolve (${code})`, `dig ${host}`)],
  );
}
