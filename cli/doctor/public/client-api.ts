import type { PublicAnswer } from '../../outside';
import { type Check, type Finding, fail, ok, unknown } from '../check';
import { asJson } from '../facts/public-places';

/** Whether clients reach Synapse at the public address. */
export const clientApi: Check = {
  name: 'client-api',
  fromOutside: true,
  look: async ({ homeserver, outside, command, name }) => {
    const { publicBaseUrl } = homeserver;
    if (!publicBaseUrl) {
      return [unknown('homeserver.yaml has no public_baseurl')];
    }
    const url = `${publicBaseUrl}/_matrix/client/versions`;
    return [judgeVersions(url, await outside.get(url), command(`logs deployment/${name('matrix-edge')} --tail=50`))];
  },
};

/** A server of Matrix lists the versions of the specification. */
export function judgeVersions(url: string, answer: PublicAnswer, logs: string): Finding {
  const { versions } = (asJson(answer.body) ?? {}) as { versions?: unknown };
  if (answer.status === 200 && Array.isArray(versions)) {
    return ok(`${url} answers`);
  }
  return answer.problem
    ? fail(`${url} does not answer: ${answer.problem}`, `curl -sSi ${url}`)
    : fail(`${url} answers ${answer.status}, which is not Synapse`, logs);
}
