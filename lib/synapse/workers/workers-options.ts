import type { Resources } from '../../kubernetes/workloads/resources';
import type { Scaling } from './scaling';

/**
 * Number of processes that write a stream instead of the main process.
 *
 * @see https://element-hq.github.io/synapse/latest/workers.html#stream-writers
 */
export interface StreamWriters {
  /** Who is typing: at most 1. @default - the main process */
  readonly typing?: number;
  /** Messages to devices, such as keys: at most 1. @default - the main process */
  readonly toDevice?: number;
  /** Account data and tags: at most 1. @default - the main process */
  readonly accountData?: number;
  /** What was read. @default - the main process */
  readonly receipts?: number;
  /** Who is online: at most 1. @default - the main process */
  readonly presence?: number;
  /** Who is notified of what: at most 1. @default - the main process */
  readonly pushRules?: number;
  /** Devices and their keys. @default - the main process */
  readonly deviceLists?: number;
}

/**
 * Which work is done by processes of their own. The main process does the rest.
 *
 * @see https://element-hq.github.io/synapse/latest/workers.html
 */
export interface WorkersOptions {
  /** Answers syncs. @default - the main process */
  readonly sync?: Scaling;
  /** Answers most other requests of clients. @default - the main process */
  readonly client?: Scaling;
  /** Takes messages, joins and other changes of rooms. @default - the main process */
  readonly eventCreators?: Scaling;
  /** Stores them, each process those of some of the rooms. @default - the main process */
  readonly eventPersisters?: number;
  /** Answers other servers. @default - the main process */
  readonly federationReaders?: Scaling;
  /** Sends to other servers. @default - the main process */
  readonly federationSenders?: number;
  /** Notifies phones. @default - the main process */
  readonly pushers?: number;
  /**
   * Receives and serves files, on the node of the main process unless `MediaStorage.sharedClaim` has them.
   *
   * @default - the main process
   */
  readonly media?: number;
  /** Cleans up, and keeps the user directory. @default false */
  readonly background?: boolean;
  /** Writers of streams. @default - the main process */
  readonly streams?: StreamWriters;
  /** Requests and limits of each pod. @default - by the size of the system */
  readonly resources?: Resources;
}
