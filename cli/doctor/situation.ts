import type { Kubectl } from '../kubectl';
import type { Outside } from '../outside';
import type { Inside } from '../port-forward';
import type { Homeserver } from './facts/homeserver';
import type { Objects } from './facts/objects';
import type { DoctorOptions } from './options';

/** What checks look at. */
export interface Situation {
  readonly options: DoctorOptions;
  readonly kubectl: Kubectl;
  /** Objects of the system. */
  readonly objects: Objects;
  /** homeserver.yaml as deployed. */
  readonly homeserver: Homeserver;
  /** Answers of parts inside the cluster. */
  readonly inside: Inside;
  /** Answers of public addresses. */
  readonly outside: Outside;
  /** Time of this machine, in milliseconds. */
  readonly now: number;
  /** Full name of an object. */
  name(short: string): string;
  /** A command of kubectl to print, with the namespace. */
  command(text: string): string;
}
