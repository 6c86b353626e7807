import type { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import { fileBeside } from '../kubernetes/files';
import { k8s } from '../kubernetes/k8s';
import { labelsOf } from '../kubernetes/metadata/labels';
import type { MonitoredSystem } from './monitored-system';

/** Folder of the dashboards that the build generates. */
const FOLDER = '../../dashboards';

/** Options of `Dashboards.configMaps`. */
export interface DashboardsOptions {
  /** Labels by which Grafana's sidecar finds the ConfigMaps. @default - grafana_dashboard: '1' */
  readonly labels?: { [name: string]: string };
  /** Annotations, such as the folder in Grafana. @default - none */
  readonly annotations?: { [name: string]: string };
}

/** The dashboards of a system. They are also in the package, as `build/dashboards/*.json`, to import by hand. */
@checked
export class Dashboards {
  /** A ConfigMap for each dashboard, which Grafana's sidecar loads. */
  public static configMaps(options: DashboardsOptions = {}): Dashboards {
    const { labels = { grafana_dashboard: '1' }, annotations } = options;
    return new Dashboards((scope, { system, parts }) => {
      // A part without metrics of its own has nothing to show.
      const shown = parts.filter(({ monitored }) => monitored.ports.length > 0);
      for (const part of ['overview', ...shown.map(({ monitored }) => monitored.part)]) {
        const workload = system.labels(`matrix-dashboard-${part}`, 'monitoring');
        new k8s.KubeConfigMap(scope, `Dashboard ${part}`, {
          metadata: { name: workload.app, labels: { ...labelsOf(workload), ...labels }, annotations },
          data: { [`matrix-${part}.json`]: fileBeside(__dirname, `${FOLDER}/${part}.json`) },
        });
      }
    });
  }

  /** No dashboards. */
  public static none(): Dashboards {
    return new Dashboards();
  }

  private constructor(
    /** @internal */
    public readonly _render?: (scope: Construct, watched: MonitoredSystem) => void,
  ) {}
}
