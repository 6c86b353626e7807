import { answers, type PublicAnswer } from '../../outside';
import { type Check, type Finding, fail, ok } from '../check';
import { asJson, federationPlace, sitesOf } from '../facts/public-places';

/** Whether other servers reach this one. */
export const federation: Check = {
  name: 'federation',
  fromOutside: true,
  look: async (situation) => {
    const [site] = await sitesOf(situation);
    if (!situation.homeserver.federates || !site) {
      return [ok('federation is closed')];
    }
    const { host, port } = federationPlace(site);
    const url = `https://${host}:${port}/_matrix/federation/v1/version`;
    return [judgeFederation(url, await situation.outside.get(url))];
  },
};

/** A server of Matrix names its program. */
export function judgeFederation(url: string, answer: PublicAnswer): Finding {
  const { server } = (asJson(answer.body) ?? {}) as { server?: { name?: string } };
  return answer.status === 200 && server?.name
    ? ok(`other servers reach ${server.name} at ${url}`)
    : fail(`other servers do not reach this one: ${url} ${answers(answer)}`, `curl -sSi ${url}`);
}
