import { Federation } from '../integrations/federation';
import type { MatrixSynapseProps } from '../synapse-options';
import { Scaling } from './scaling';
import { ROLES, type WorkerRole, WRITERS } from './worker-role';
import { Workers } from './workers';

/** Streams that Synapse lets only one process write. */
const ONE_WRITER = ['typing', 'to_device', 'account_data', 'presence', 'push_rules'];
/** A pod's name is 17 characters longer. As its hostname it names the process, and is cut off after 63. */
export const LONGEST_NAME = 46;

/** A worker of this system. */
export interface PlannedWorker {
  readonly role: WorkerRole;
  readonly scaling: Scaling;
  /** Name of its workload and of its headless Service. */
  readonly workloadName: string;
  /** Names of its pods, which are those of the processes. @default - any pod will do, and none has a lasting name */
  readonly podNames?: string[];
}

/**
 * Returns the workers that were asked for.
 *
 * @throws when a number is not valid, a stream has too many writers, or a worker would have no work.
 */
export function planWorkers(props: MatrixSynapseProps): PlannedWorker[] {
  const { system, workers = Workers.none() } = props;
  const { streams = {}, ...others } = workers._options(system.size);
  const amounts: { [prop: string]: Scaling | number | boolean | undefined } = {
    ...Object.fromEntries(Object.entries(streams).map(([prop, count]) => [`streams.${prop}`, count])),
    ...Object.fromEntries(Object.entries(others).filter(([prop]) => prop !== 'resources')),
  };
  if (props.media?._shared && amounts.media === undefined) {
    throw new Error(
      'media is a shared claim, but there are no workers for media that would mount it on another node: set workers.media, or use MediaStorage.claim()',
    );
  }
  return [...Object.values(WRITERS), ...Object.values(ROLES)].flatMap((role) => {
    const amount = amounts[role.prop] ?? false;
    if (amount === false) {
      return [];
    }
    checkNeeds(role, props);
    const workloadName = system.objectName(`matrix-synapse-${role.name}`, LONGEST_NAME);
    if (amount instanceof Scaling) {
      return [{ role, scaling: amount, workloadName }];
    }
    const count = checkedCount(role, Number(amount));
    const podNames = [...Array(count).keys()].map((index) => `${workloadName}-${index}`);
    return [{ role, scaling: Scaling.fixed(count), workloadName, podNames }];
  });
}

function checkNeeds({ prop, needs }: WorkerRole, { federation = Federation.CLOSED, config }: MatrixSynapseProps): void {
  if (needs === 'federation' && !federation.enabled) {
    throw new Error(
      `workers.${prop} would have no work, because federation is closed: leave it out, or open synapse.federation`,
    );
  }
  if (needs === 'push' && config?.settings.push?.enabled !== true) {
    throw new Error(
      `workers.${prop} would have no work, because notifications are off: leave it out, or set push.enabled in synapse.config`,
    );
  }
}

function checkedCount({ prop, streams = [] }: WorkerRole, count: number): number {
  if (!Number.isInteger(count) || count < 1) {
    throw new Error(`workers.${prop} must be a whole number from 1, got ${count}: leave it out for the main process`);
  }
  const single = streams.find((stream) => ONE_WRITER.includes(stream));
  if (single && count > 1) {
    throw new Error(`workers.${prop} is ${count}, but only one process may write the stream '${single}': use 1`);
  }
  return count;
}
