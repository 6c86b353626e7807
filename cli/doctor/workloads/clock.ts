import { AGENT_PORT } from '../../../lib/backups/program/program-settings';
import { TOKENS } from '../../../lib/calls/token-service/token-service-pod';
import { quietly } from '../../kubectl';
import type { Answer } from '../../port-forward';
import { type Check, type Finding, fail, ok, unknown, warn } from '../check';
import { agentOf } from '../facts/backups';
import type { Situation } from '../situation';

/** Seconds that a slow answer may take. */
const TOLERATED = 5;
/** Seconds from which tokens, certificates and federation suffer. */
const HARMFUL = 60;

/** Whether the clocks of this machine and of the nodes agree. */
export const clock: Check = {
  name: 'clock',
  look: async (situation) => {
    const heard = await Promise.all(
      clocksOf(situation).map(async ([part, ask]) => {
        const answer = await quietly(undefined, ask);
        // At once: other checks take their time.
        return answer?.clock === undefined ? [] : [{ part, skew: (answer.clock - Date.now()) / 1000 }];
      }),
    );
    const skews = heard.flat();
    return skews.length > 0 ? judgeClocks(skews) : [unknown('no part answers with its time')];
  },
};

/** Parts that tell their time. Paths that no other check asks, so that the answer is new. */
function clocksOf(situation: Situation): [string, () => Promise<Answer>][] {
  const { inside, homeserver, name } = situation;
  const synapse = `deployment/${name('matrix-synapse')}`;
  const agent = agentOf(situation);
  const port = homeserver.settings.listeners?.find(({ type }) => type === 'http')?.port ?? 8008;
  return [
    [synapse, () => inside.ask(synapse, port, '/health')],
    [agent, () => inside.ask(agent, AGENT_PORT, '/alive')],
    // Its tokens are valid for minutes, in LiveKit's eyes.
    ...(homeserver.callServiceUrl ? [tokenServiceClock(situation)] : []),
  ];
}

function tokenServiceClock({ inside, name }: Situation): [string, () => Promise<Answer>] {
  const tokens = `deployment/${name('livekit-token-service')}`;
  return [tokens, () => inside.ask(tokens, TOKENS.number, '/healthz')];
}

/** @param skews seconds that the clock of a part is ahead of this machine's. */
export function judgeClocks(skews: { part: string; skew: number }[]): Finding[] {
  const { part, skew } = skews.reduce((a, b) => (Math.abs(b.skew) > Math.abs(a.skew) ? b : a));
  const seconds = Math.abs(skew);
  if (seconds <= TOLERATED) {
    return [ok('the clocks of this machine and of the nodes agree')];
  }
  const says = `the node of ${part} is ${Math.round(seconds)} s ${skew > 0 ? 'ahead of' : 'behind'} this machine`;
  return [(seconds > HARMFUL ? fail : warn)(says, 'timedatectl, on both')];
}
