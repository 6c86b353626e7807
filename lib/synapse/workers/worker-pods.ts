import { type ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { k8s } from '../../kubernetes/k8s';
import { CONFIG_HASH, configHash } from '../../kubernetes/metadata/config-hash';
import { labelsOf, podMetadata, selectorLabels, type WorkloadLabels } from '../../kubernetes/metadata/labels';
import type { IPeer, Peer, TrafficPort } from '../../kubernetes/network/peer';
import { Service } from '../../kubernetes/network/service';
import { Traffic } from '../../kubernetes/network/traffic';
import { disruptionBudget, RollingDeployment } from '../../kubernetes/workloads/rolling-deployment';
import type { PlannedWorker } from './worker-plan';

/** Props of {@link WorkerPods}. */
export interface WorkerPodsProps {
  readonly worker: PlannedWorker;
  readonly workload: WorkloadLabels;
  readonly pod: k8s.PodSpec;
  /** Ports at which they are found. */
  readonly ports: TrafficPort[];
  /** The ConfigMaps that the pods read. They restart when these change. */
  readonly configMaps: ApiObject[];
}

/** The pods of a worker: with lasting names in a StatefulSet, or in a Deployment that may scale by itself. */
export class WorkerPods extends Construct implements IPeer {
  public readonly worker: PlannedWorker;
  public readonly workload: WorkloadLabels;
  /** The Deployment or StatefulSet. */
  public readonly object: ApiObject;
  public readonly traffic: Traffic;
  public readonly peer: Peer;

  constructor(scope: Construct, id: string, props: WorkerPodsProps) {
    super(scope, id);
    const { worker, workload } = props;
    this.worker = worker;
    this.workload = workload;
    this.traffic = new Traffic(this, 'Traffic', workload);
    this.peer = this.traffic.peer;
    // The proxies find the pods by their names, and processes one another.
    new Service(this, 'Service', {
      workload,
      name: workload.app,
      ports: props.ports,
      headless: true,
      // A process that starts anew refuses connections for a moment; its name must not be gone meanwhile.
      publishNotReadyAddresses: worker.podNames ? true : undefined,
    });
    this.object = worker.podNames ? this.renderNamed(props) : this.renderAlike(props);
  }

  private renderNamed({ worker, workload, pod, configMaps }: WorkerPodsProps): ApiObject {
    const annotations = { [CONFIG_HASH]: Lazy.any({ produce: () => configHash(configMaps) }) };
    if (worker.scaling.most > 1) {
      disruptionBudget(this, 'Budget', workload);
    }
    return new k8s.KubeStatefulSet(this, 'Default', {
      metadata: { name: workload.app, labels: labelsOf(workload) },
      spec: {
        replicas: worker.scaling.most,
        serviceName: workload.app,
        // What one process writes, the others need not wait for.
        podManagementPolicy: 'Parallel',
        selector: { matchLabels: selectorLabels(workload) },
        template: { metadata: podMetadata(workload, annotations), spec: pod },
      },
    });
  }

  private renderAlike({ worker, workload, pod, configMaps }: WorkerPodsProps): ApiObject {
    const { least, most, targetCpu } = worker.scaling;
    const deployment = new RollingDeployment(this, 'Default', {
      workload,
      replicas: least,
      autoscaled: most > least,
      configMaps,
      pod,
    });
    if (targetCpu !== undefined) {
      new k8s.KubeHorizontalPodAutoscalerV2(this, 'Autoscaler', {
        metadata: { name: workload.app, labels: labelsOf(workload) },
        spec: {
          scaleTargetRef: { apiVersion: deployment.apiVersion, kind: deployment.kind, name: workload.app },
          minReplicas: least,
          maxReplicas: most,
          metrics: [
            {
              type: 'Resource',
              resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: targetCpu } },
            },
          ],
          // Each pod that ends moves its people to others, whose caches do not know them.
          behavior: {
            scaleDown: { stabilizationWindowSeconds: 600, policies: [{ type: 'Pods', value: 1, periodSeconds: 120 }] },
          },
        },
      });
    }
    return deployment;
  }
}
