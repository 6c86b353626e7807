import { isDeepStrictEqual } from 'node:util';
import { answers, type PublicAnswer } from '../../outside';
import { type Check, type Finding, fail, orOk, warn } from '../check';
import { asJson, type Site, sitesOf, wellKnownUrl } from '../facts/public-places';

const DOCUMENTS = ['client', 'server'] as const;

/** A document as the public gets it. */
export interface Published {
  readonly url: string;
  readonly document: (typeof DOCUMENTS)[number];
  readonly answer: PublicAnswer;
}

/** Whether `/.well-known/matrix` of each server name is what is deployed. */
export const wellKnown: Check = {
  name: 'well-known',
  fromOutside: true,
  look: async (situation) => {
    const sites = await sitesOf(situation);
    const { homeserver, outside, command, name } = situation;
    const problems = sites.map(async (site, index) => {
      const published = DOCUMENTS.map(async (document) => {
        const url = wellKnownUrl(site, document);
        return { url, document, answer: await outside.get(url) };
      });
      // Only the server's own name must lead to it.
      const base = index === 0 ? homeserver.publicBaseUrl : undefined;
      const next = command(`get configmap ${name('matrix-discovery-data')} -o yaml`);
      return (await Promise.all(published)).flatMap((one) => judgeDocument(site, one, base, next));
    });
    const names = sites.map(({ serverName }) => serverName).join(', ');
    return orOk((await Promise.all(problems)).flat(), `${names} ${sites.length === 1 ? 'leads' : 'lead'} here`);
  },
};

/** @param base address that clients should be told. @param look command that shows what is deployed. */
export function judgeDocument(
  { deployed }: Site,
  { url, document, answer }: Published,
  base: string | undefined,
  look: string,
): Finding[] {
  const found = asJson(answer.body) as { 'm.homeserver'?: { base_url?: string } } | undefined;
  if (answer.status !== 200 || found === undefined) {
    const why = answer.status === 200 ? 'answers something that is not JSON' : answers(answer);
    // A system without discovery may be known to its clients in another way.
    return [(deployed ? fail : warn)(`${url} ${why}`, `curl -sSi ${url}`)];
  }
  const told = found['m.homeserver']?.base_url?.replace(/\/+$/, '');
  const problems: Finding[] = [];
  if (document === 'client' && base !== undefined && told !== base) {
    problems.push(fail(`${url} sends clients to ${told}, but Synapse is at ${base}`, look));
  }
  if (deployed && !isDeepStrictEqual(found, deployed[document])) {
    problems.push(fail(`${url} is not what is deployed`, look));
  }
  if (document === 'client' && answer.headers['access-control-allow-origin'] !== '*') {
    problems.push(
      warn(`${url} cannot be read by web clients: it lacks Access-Control-Allow-Origin`, `curl -sSi ${url}`),
    );
  }
  return problems;
}
