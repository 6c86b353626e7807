import { type Check, type Finding, fail, orOk } from '../check';
import { type ContainerStatus, type Pod, statusesOf } from '../facts/pods';
import { ageOf } from '../facts/words';
import type { Situation } from '../situation';

/** Seconds after which a pod should have started. */
const START = 180;
/** Reasons of a container that waits as it should. */
const PATIENT = ['ContainerCreating', 'PodInitializing'];

/** Whether pods can be scheduled and their containers start. */
export const pods: Check = {
  name: 'pods',
  look: async ({ objects, command, now }) => {
    const all = await objects.all<Pod>('pods');
    return orOk(
      all.flatMap((pod) => judgePod(pod, command, now)),
      `${all.length} pods can start`,
    );
  },
};

/** Why a pod cannot start, if it cannot. */
export function judgePod(pod: Pod, command: Situation['command'], now: number): Finding[] {
  const { name, creationTimestamp } = pod.metadata;
  const describe = command(`describe pod ${name}`);
  const refused = pod.status.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (refused) {
    return [fail(`${name} has no node: ${refused.message ?? 'it is not scheduled'}`, describe)];
  }
  const stuck = statusesOf(pod).find(({ state }) => state?.waiting && !PATIENT.includes(state.waiting.reason ?? ''));
  if (stuck) {
    return [fail(`${name}: ${waitsFor(stuck)}`, nextFor(stuck, name, command))];
  }
  const age = (now - Date.parse(creationTimestamp)) / 1000;
  if (pod.status.phase === 'Pending' && age > START) {
    return [fail(`${name} has been starting for ${ageOf(age)}: often a Secret or claim is missing`, describe)];
  }
  return [];
}

function waitsFor({ name, image, state, lastState }: ContainerStatus): string {
  const { reason = 'waits', message = '' } = state?.waiting ?? {};
  if (reason === 'CrashLoopBackOff') {
    return `container ${name} ends again and again (CrashLoopBackOff, exit code ${lastState?.terminated?.exitCode ?? '?'})`;
  }
  return /Image/.test(reason)
    ? `image ${image} cannot be pulled (${reason})`
    : `container ${name}: ${reason} ${message}`;
}

function nextFor({ name, state }: ContainerStatus, pod: string, command: Situation['command']): string {
  return state?.waiting?.reason === 'CrashLoopBackOff'
    ? command(`logs ${pod} -c ${name} --previous`)
    : command(`describe pod ${pod}`);
}
