import type { ApiObject } from 'cdk8s';
import type { WorkloadLabels } from '../../../kubernetes/metadata/labels';
import type { IPeer } from '../../../kubernetes/network/peer';
import type { Traffic } from '../../../kubernetes/network/traffic';
import { seriesOf } from '../../../monitoring/expressions';
import type { IMonitored, Monitored } from '../../../monitoring/monitored';
import type { WatchedArchive } from '../backup/cluster-archive';
import type { Durability } from '../cloud-native-pg-options';
import { clusterAlerts } from './alerts';

/** The port of the exporter that the operator puts into every instance. */
export const METRICS_PORT = { name: 'metrics', number: 9187 };

/** Props of {@link ClusterMetrics}. */
export interface ClusterMetricsProps {
  readonly workload: WorkloadLabels;
  /** The Cluster. */
  readonly object: ApiObject;
  readonly traffic: Traffic;
  readonly instances: number;
  readonly durability: Durability;
  /** Undefined where the operator does not back it up. */
  readonly archive?: WatchedArchive;
}

/** The metrics of a replicated database. */
export class ClusterMetrics implements IMonitored {
  constructor(private readonly props: ClusterMetricsProps) {}

  /** Its port and alerts. */
  public get monitored(): Monitored {
    const { workload, object, traffic, ...facts } = this.props;
    return {
      part: 'database',
      ports: [{ workload, object, port: METRICS_PORT, annotations: '/spec/inheritedMetadata/annotations' }],
      alerts: clusterAlerts({ series: seriesOf(traffic, workload), ...facts }),
    };
  }

  /** Allows a collector to read the metrics. */
  public allowMetricsFrom(collector: IPeer): void {
    this.props.traffic.allowFrom(collector, METRICS_PORT);
  }
}
