import type { WorkloadLabels } from '../../kubernetes/metadata/labels';
import type { HostRoute } from './host-routes';

/** The target of an entry: the edge's Service, and the paths of each host. */
export interface EntryContext {
  readonly workload: WorkloadLabels;
  readonly routes: HostRoute[];
  /** Service of the edge for controllers. */
  readonly service: string;
  readonly port: number;
}
