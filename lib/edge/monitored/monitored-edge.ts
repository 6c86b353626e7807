import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { IMatrixDiscovery } from '../../discovery';
import type { WorkloadLabels } from '../../kubernetes/metadata/labels';
import { seriesOf } from '../../monitoring/expressions';
import type { Monitored } from '../../monitoring/monitored';
import type { System } from '../../system';
import { PROXY_PORTS } from '../proxy/proxy-ports';
import { edgeAlerts } from './alerts';
import { objectiveAlerts } from './objective-alerts';
import { edgeProbes } from './probes';

/** What watching the edge depends on. */
export interface MonitoredEdgeProps {
  readonly system: System;
  readonly workload: WorkloadLabels;
  /** The Deployment. */
  readonly object: ApiObject;
  readonly homeserver: { readonly federates: boolean };
  /** @default - `/.well-known/matrix` is not served */
  readonly discovery?: IMatrixDiscovery;
  readonly replicas: number;
}

/**
 * Port, alerts and probes of the edge. It also counts what discovery answers, because every request for that passes
 * here.
 */
export function monitoredEdge(edge: IConstruct, props: MonitoredEdgeProps): Monitored {
  const { system, workload, object, homeserver, discovery, replicas } = props;
  const series = seriesOf(edge, workload);
  return {
    part: 'edge',
    ports: [{ workload, object, port: PROXY_PORTS.state }],
    alerts: [...edgeAlerts(series, replicas, Boolean(discovery)), ...objectiveAlerts(series)],
    probes: edgeProbes(system, homeserver.federates, discovery?.serverNames ?? []),
  };
}
