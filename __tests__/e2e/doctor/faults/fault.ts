import type { System } from '../../support/system';
import type { Stage } from '../stage';

/** Something that is wrong. */
export interface Fault {
  /** What it is. */
  readonly name: string;
  /** Line of the doctor that names it. */
  readonly named: RegExp;
  plant(stage: Stage): Promise<unknown>;
}

/** Changes an object. */
export const patch = (system: System, target: string, change: object) =>
  system.kubectl(['patch', target, '--type=strategic', '-p', JSON.stringify(change)]);

/** A change of a container in a pod template. */
export const container = (name: string, change: object) => ({
  spec: { template: { spec: { containers: [{ name, ...change }] } } },
});
