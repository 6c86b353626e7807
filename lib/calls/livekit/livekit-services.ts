import type { Construct } from 'constructs';
import { k8s } from '../../kubernetes/k8s';
import { labelsOf, selectorLabels, type WorkloadLabels } from '../../kubernetes/metadata/labels';
import { Service } from '../../kubernetes/network/service';
import type { System } from '../../system';
import { LIVEKIT_PORTS } from './livekit-config';
import type { MatrixLivekitProps } from './livekit-options';
import { mediaPorts } from './livekit-pod';

/** Name of the Service of the API. */
export const apiService = (system: System) => system.objectName('livekit-api');

/** Renders a Service for WebSockets, one for the API, and one that clients outside the cluster reach. */
export function livekitServices(scope: Construct, workload: WorkloadLabels, props: MatrixLivekitProps): void {
  const { system, entry } = props;
  const ports = [LIVEKIT_PORTS.api];
  new Service(scope, 'Service', { workload, name: workload.app, ports });
  // The token service opens the rooms of a restarted LiveKit again before clients are let in.
  new Service(scope, 'Api', { workload, name: apiService(system), ports, publishNotReadyAddresses: true });
  new k8s.KubeService(scope, 'Media', {
    metadata: {
      name: system.objectName('livekit-media'),
      labels: labelsOf(workload),
      annotations: entry._balancer.annotations,
    },
    spec: {
      type: entry._onNodes ? 'NodePort' : 'LoadBalancer',
      loadBalancerClass: entry._balancer.loadBalancerClass,
      // Only the pod's own node answers, so no packet takes another way than the one before.
      externalTrafficPolicy: 'Local',
      selector: selectorLabels(workload),
      ports: mediaPorts(props).map(({ name, number, protocol }) => ({
        name,
        port: number,
        targetPort: k8s.IntOrString.fromString(name),
        protocol,
        nodePort: entry._onNodes ? number : undefined,
      })),
    },
  });
}
