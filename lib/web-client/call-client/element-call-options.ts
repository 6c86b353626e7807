import type { Resources } from '../../kubernetes/workloads/resources';

/** Options of Element Call. */
export interface ElementCallOptions {
  /**
   * Host of the page, at the same Ingress or Gateway as the homeserver: `call.example.org`.
   *
   * Not that of the homeserver, of `calls` or of the web client: pages of one host can read what another page stores.
   */
  readonly host: string;
  /**
   * URLs of the clients that show it as a widget, such as `https://element.example.org`.
   *
   * No other page can show it.
   */
  readonly embeddedBy: string[];
  /** Number of pods. @default 2 */
  readonly replicas?: number;
  /** Requests and limits of each pod. @default - 10m CPU and 16Mi memory, limited to 64Mi */
  readonly resources?: Resources;
}
