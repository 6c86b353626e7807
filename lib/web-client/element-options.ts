import type { Resources } from '../kubernetes/workloads/resources';

/** Options of Element Web. */
export interface ElementOptions {
  /**
   * URL of the client, such as `https://element.example.org`.
   *
   * Its host must not be that of the homeserver: media of users could otherwise read what the client stores.
   */
  readonly url: string;
  /** Name that people see. @default Element */
  readonly brand?: string;
  /** Whether rooms that people make are open to other servers. @default false */
  readonly federatedRooms?: boolean;
  /** Whether people see who is online. @default true */
  readonly presence?: boolean;
  /** Whether people must verify each new session with another one. @default false */
  readonly forceVerification?: boolean;
  /**
   * URL of an Element Call for group calls, such as `https://call.example.org`.
   *
   * @default - the one that Element Web brings along
   */
  readonly elementCallUrl?: string;
  /** Number of pods. @default 2 */
  readonly replicas?: number;
  /** Requests and limits of each pod. @default - 10m CPU and 16Mi memory, limited to 64Mi */
  readonly resources?: Resources;
}
