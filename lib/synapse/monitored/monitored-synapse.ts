import type { ApiObject, Size } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { HomeserverSettings } from '../../../imports/homeserver';
import type { WorkloadLabels } from '../../kubernetes/metadata/labels';
import { seriesOf } from '../../monitoring/expressions';
import type { MetricsPort, Monitored } from '../../monitoring/monitored';
import { synapseAlerts } from './alerts';
import { updateAlert, valkeyAlert } from './deployment-alerts';
import { federationAlerts } from './federation-alerts';
import { mainAlerts } from './main-alerts';
import { type FilledBucket, mediaBucketAlerts } from './media-bucket-alerts';
import { objectiveAlerts } from './objective-alerts';
import { optionalAlerts } from './optional-alerts';
import { workerAlerts } from './worker-alerts';

/** What the alerts of a homeserver depend on. */
export interface MonitoredSynapseProps {
  /** Its Deployment. */
  readonly object: ApiObject;
  readonly workload: WorkloadLabels;
  readonly settings: HomeserverSettings;
  /** Memory above which the server is killed. */
  readonly memoryLimit: Size;
  /** The ports of its workers. */
  readonly workers: MetricsPort[];
  /** What fills the bucket of the media. @default - they are on the claim */
  readonly offload?: FilledBucket;
}

/** A homeserver that can be watched. */
export interface WatchedHomeserver extends IConstruct {
  readonly metricsPort: number;
  readonly federates: boolean;
}

/** Returns the ports and the alerts of a homeserver. */
export function monitoredSynapse(
  homeserver: WatchedHomeserver,
  { object, workload, settings, memoryLimit, workers, offload }: MonitoredSynapseProps,
): Monitored {
  const main = seriesOf(homeserver, workload);
  const series = seriesOf(homeserver, workload, ...workers.map((worker) => worker.workload));
  const port = { name: 'metrics', number: homeserver.metricsPort };
  return {
    part: 'synapse',
    ports: [{ workload, object, port, path: '/_synapse/metrics' }, ...workers],
    alerts: [
      ...mainAlerts(main, memoryLimit),
      updateAlert(homeserver, workload.app),
      ...(settings.redis?.host ? [valkeyAlert(homeserver, settings.redis.host)] : []),
      ...workerAlerts(
        workers.map((worker) => seriesOf(homeserver, worker.workload)),
        series,
      ),
      ...synapseAlerts(series),
      ...objectiveAlerts(series),
      ...(homeserver.federates ? federationAlerts(series) : []),
      ...optionalAlerts(series, settings),
      ...(offload ? mediaBucketAlerts(homeserver, series, offload) : []),
    ],
  };
}
