import type { Duration } from 'cdk8s';
import type { Resources } from '../kubernetes/workloads/resources';
import type { DiscoverySite, SupportContact } from './site';

/** What can be set for discovery. */
export interface DiscoveryOptions {
  /** Further content of `/.well-known/matrix/client`, such as `org.matrix.msc4143.rtc_foci`. @default - none */
  readonly extraClientContent?: { [key: string]: unknown };
  /** Who answers for this server. @default - no contact is named */
  readonly supportContacts?: SupportContact[];
  /** Page with help for users. @default - none */
  readonly supportPage?: string;
  /** Other server names that it answers for. @default - none */
  readonly furtherSites?: DiscoverySite[];
  /** How long clients and other servers may keep an answer: a change takes as long to arrive everywhere. @default Duration.hours(1) */
  readonly maxAge?: Duration;
  /** How many pods serve. @default 2 */
  readonly replicas?: number;
  /** What each pod asks for, and ends at. @default - 10m CPU, 16Mi memory, at most 64Mi */
  readonly resources?: Resources;
}
