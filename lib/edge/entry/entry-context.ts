import type { WorkloadLabels } from '../../kubernetes/metadata/labels';
import type { HostRoute } from './host-routes';

/** What an edge leads to. */
export interface EntryContext {
  readonly workload: WorkloadLabels;
  readonly routes: HostRoute[];
  /** Service and its port. */
  readonly service: string;
  readonly port: number;
}
