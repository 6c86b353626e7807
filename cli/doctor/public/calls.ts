import { LIVEKIT_PORTS } from '../../../lib/calls/livekit/livekit-config';
import { SWEEP_AGE } from '../../../lib/calls/token-service/monitored/alerts';
import { METRICS } from '../../../lib/calls/token-service/token-service-pod';
import { quietly } from '../../kubectl';
import { answers, type PublicAnswer } from '../../outside';
import { type Check, type Finding, fail, ok, orOk, unknown, warn } from '../check';
import { Metrics } from '../facts/metrics';
import { asJson, sitesOf, wellKnownUrl } from '../facts/public-places';
import { type Sfu, sfuOf } from '../facts/sfu';
import type { Situation } from '../situation';

const FOCI = 'org.matrix.msc4143.rtc_foci';
const BUILT_BY = 'docs/how-to/calls.md';

/** Whether clients find the calls, and reach the token service and LiveKit. */
export const calls: Check = {
  name: 'calls',
  fromOutside: true,
  look: async (situation) => {
    const { homeserver, outside } = situation;
    const service = homeserver.callServiceUrl;
    if (!service) {
      return [ok('the homeserver names no calls')];
    }
    const [site] = await sitesOf(situation);
    const [sfu, published, asked] = await Promise.all([
      sfuOf(situation),
      outside.get(wellKnownUrl(site, 'client')),
      outside.get(`${service}/sfu/get`),
    ]);
    const problems = [
      ...judgeFoci(published, service),
      ...judgeTokenService(`${service}/sfu/get`, asked),
      ...(sfu
        ? (await Promise.all([signalling(situation, service), media(situation, sfu), events(situation)])).flat()
        : []),
    ];
    return orOk(problems, `clients get to calls by ${service}`);
  },
};

/** Older clients read it there, newer ones ask the homeserver. */
export function judgeFoci({ body }: PublicAnswer, service: string): Finding[] {
  const foci = (asJson(body) as { [key: string]: { livekit_service_url?: string }[] } | undefined)?.[FOCI] ?? [];
  const told = foci.map((one) => one.livekit_service_url);
  return told.includes(service)
    ? []
    : [fail(`discovery leads calls to ${told[0] ?? 'no service'}, but the homeserver to ${service}`, BUILT_BY)];
}

/** It takes only POST, from any page. */
export function judgeTokenService(url: string, answer: PublicAnswer): Finding[] {
  if (answer.status !== 405) {
    return [fail(`no client gets a token for a call: ${url} ${answers(answer)} instead of 405`, `curl -sSi ${url}`)];
  }
  return answer.headers['access-control-allow-origin'] === '*'
    ? []
    : [fail(`web clients get no token for a call: ${url} lacks Access-Control-Allow-Origin`, `curl -sSi ${url}`)];
}

async function signalling({ outside }: Situation, service: string): Promise<Finding[]> {
  const url = service.replace(/\/jwt$/, '/sfu/rtc/validate');
  const [asked, preflight] = await Promise.all([outside.get(url), outside.preflight(url)]);
  return judgeSignalling(url, asked, preflight);
}

/** Without a token, only a preflight reaches LiveKit; the token service refuses everything else. */
export function judgeSignalling(url: string, asked: PublicAnswer, preflight: PublicAnswer): Finding[] {
  if (asked.status !== 401) {
    return [fail(`no client gets into a call: ${url} ${answers(asked)} instead of 401`, `curl -sSi ${url}`)];
  }
  const command = `curl -sSi -X OPTIONS -H 'Origin: https://page.invalid' -H 'Access-Control-Request-Method: GET' ${url}`;
  if (preflight.problem || preflight.status >= 300) {
    return [fail(`no client gets into a call: LiveKit ${answers(preflight)}`, command)];
  }
  return preflight.headers['access-control-allow-origin']
    ? []
    : [fail(`web clients get into no call: ${url} lacks Access-Control-Allow-Origin`, command)];
}

/** Only by TCP: LiveKit answers no datagram of a stranger. */
async function media({ outside }: Situation, { address, tcpPort }: Sfu): Promise<Finding[]> {
  const problem = await outside.connect(address, tcpPort);
  return problem
    ? [fail(`media do not reach LiveKit at ${address}:${tcpPort}: ${problem}`, 'docs/how-to/calls.md#firewall')]
    : [];
}

async function events({ inside, name, now }: Situation): Promise<Finding[]> {
  const [livekit, tokens] = await Promise.all([
    quietly(undefined, () => inside.ask(`deployment/${name('livekit')}`, LIVEKIT_PORTS.metrics.number, '/metrics')),
    quietly(undefined, () => inside.ask(`deployment/${name('livekit-token-service')}`, METRICS.number, '/metrics')),
  ]);
  if (!livekit || !tokens) {
    return [unknown('LiveKit or the token service does not tell its metrics')];
  }
  return judgeEvents(new Metrics(livekit.body), new Metrics(tokens.body), now / 1000);
}

/** @param now seconds. */
export function judgeEvents(livekit: Metrics, tokens: Metrics, now: number): Finding[] {
  const all = livekit.all('livekit_webhook_dispatch_total').filter(({ labels }) => labels.status !== 'success');
  const lost = all.reduce((sum, { value }) => sum + value, 0);
  const age = now - (tokens.value('matrix_call_token_last_sweep_timestamp_seconds') ?? 0);
  return [
    ...(age > SWEEP_AGE
      ? [fail('the token service does not look at who is in the calls', 'docs/runbooks/MatrixCallSweepStuck.md')]
      : []),
    ...(lost > 0
      ? [
          warn(
            `${lost} messages of LiveKit to the token service were lost since LiveKit started`,
            'docs/runbooks/MatrixCallWebhooksFailing.md',
          ),
        ]
      : []),
  ];
}
