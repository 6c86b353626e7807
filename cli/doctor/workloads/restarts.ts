import { type Check, type Finding, fail, orOk, warn } from '../check';
import { type ContainerStatus, type Pod, statusesOf } from '../facts/pods';
import { ageOf } from '../facts/words';
import type { Situation } from '../situation';

/** Seconds that are looked back. */
const PERIOD = 86_400;
/** Restarts that a container may have, such as after rotations. */
const MOST = 5;

/** Whether containers were killed for their memory, or restart often. */
export const restarts: Check = {
  name: 'restarts',
  look: async ({ objects, command, now }) => {
    const all = await objects.all<Pod>('pods');
    const problems = all.flatMap((pod) => statusesOf(pod).flatMap((one) => judgeRestarts(pod, one, command, now)));
    return orOk(problems, 'no container ran out of memory or restarted often in the last day');
  },
};

/** The problem with the last end of a container, if there is one. */
export function judgeRestarts(
  { metadata }: Pick<Pod, 'metadata'>,
  { name, restartCount, state, lastState }: ContainerStatus,
  command: Situation['command'],
  now: number,
): Finding[] {
  const ended = state?.terminated ?? lastState?.terminated;
  const age = (now - Date.parse(ended?.finishedAt ?? '')) / 1000;
  if (!ended || !(age < PERIOD)) {
    return [];
  }
  const where = `container ${name} of ${metadata.name}`;
  if (ended.reason === 'OOMKilled') {
    return [fail(`${where} ran out of memory ${ageOf(age)} ago`, command(`describe pod ${metadata.name}`))];
  }
  return restartCount > MOST
    ? [warn(`${where} has restarted ${restartCount} times`, command(`logs ${metadata.name} -c ${name} --previous`))]
    : [];
}
