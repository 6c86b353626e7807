import type { Construct } from 'constructs';
import { k8s } from '../../kubernetes/k8s';
import { labelsOf, selectorLabels, type WorkloadLabels } from '../../kubernetes/metadata/labels';
import { Service } from '../../kubernetes/network/service';
import { LIVEKIT_PORTS } from './livekit-config';
import type { MatrixLivekitProps } from './livekit-options';
import { mediaPorts } from './livekit-pod';

/** Renders a Service for the API, and one that clients outside the cluster reach. */
export function livekitServices(scope: Construct, workload: WorkloadLabels, props: MatrixLivekitProps): void {
  const { system, entry } = props;
  new Service(scope, 'Service', { workload, name: workload.app, ports: [LIVEKIT_PORTS.api] });
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
