import type { Identity } from '../../kubernetes/metadata/labels';
import type { HostRoute } from './host-routes';

/** What an edge leads to. */
export interface EdgeContext {
  readonly identity: Identity;
  readonly routes: HostRoute[];
  /** Service and its port. */
  readonly service: string;
  readonly port: number;
}
