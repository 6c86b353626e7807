import type { Duration } from 'cdk8s';
import type { Resources } from '../kubernetes/workloads/resources';
import type { DiscoverySite, SupportContact } from './site';

/** Options of discovery. */
export interface DiscoveryOptions {
  /** Additional content of `/.well-known/matrix/client`, without what follows from `calls`. @default - none */
  readonly extraClientContent?: { [key: string]: unknown };
  /** Contacts of this server, which are public. @default - none */
  readonly supportContacts?: SupportContact[];
  /** URL of a page with help for users. @default - none */
  readonly supportPage?: string;
  /** Other server names for which documents are served. @default - none */
  readonly furtherSites?: DiscoverySite[];
  /**
   * How long clients and other servers may cache an answer.
   *
   * A change can take that long to reach them.
   *
   * @default Duration.hours(1)
   */
  readonly maxAge?: Duration;
  /** Number of pods. @default 2 */
  readonly replicas?: number;
  /** Requests and limits of each pod. @default - 10m CPU and 16Mi memory, limited to 64Mi */
  readonly resources?: Resources;
}
