import { CERTIFICATE_DAYS } from '../../../lib/edge/monitored/probes';
import type { Shown } from '../../outside';
import { type Check, type Finding, fail, ok, warn } from '../check';
import { type Place, sitesOf, tlsPlaces } from '../facts/public-places';
import { ageOf } from '../facts/words';

const RUNBOOK = 'docs/runbooks/MatrixCertificateEnds.md';
/** Days before its end at which a person has to renew the certificate. */
const URGENT = 3;

/** Whether the certificates of the public hosts are trusted, and for how long. */
export const tls: Check = {
  name: 'tls',
  fromOutside: true,
  look: async (situation) => {
    const places = tlsPlaces(situation.homeserver, await sitesOf(situation));
    const shown = places.map(async (place) => {
      const certificate = await situation.outside.certificate(place.host, place.port).catch(String);
      return judgeCertificate(place, certificate, situation.now);
    });
    return Promise.all(shown);
  },
};

/** @param shown what the host shows, or why it shows nothing. */
export function judgeCertificate({ host, port }: Place, shown: Shown | string, now: number): Finding {
  const where = `${host}:${port}`;
  const look = `openssl s_client -connect ${where} -servername ${host}`;
  if (typeof shown === 'string' || shown.ends === undefined) {
    return fail(`${where} does not speak TLS${typeof shown === 'string' ? `: ${shown}` : ''}`, look);
  }
  const left = (shown.ends - now) / 1000;
  if (left < 0) {
    return fail(`the certificate of ${where} ended ${ageOf(-left)} ago`, RUNBOOK);
  }
  if (shown.distrust) {
    return fail(`clients do not trust the certificate of ${where}: ${shown.distrust}`, look);
  }
  const says = `the certificate of ${where} ends in ${ageOf(left)}`;
  const days = left / 86_400;
  return days < URGENT ? fail(says, RUNBOOK) : days < CERTIFICATE_DAYS ? warn(says, RUNBOOK) : ok(says);
}
