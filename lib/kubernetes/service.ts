import type { Construct } from 'constructs';
import { k8s } from './k8s';
import { type Identity, labelsOf, selectorLabels } from './labels';

/** A port of a Service, which leads to the container's port of the same name. */
export interface ServicePort {
  readonly name: string;
  readonly number: number;
}

/**
 * A name inside the cluster for the pods of a workload.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/
 */
export function renderService(
  scope: Construct,
  id: string,
  identity: Identity,
  name: string,
  ...ports: ServicePort[]
): void {
  new k8s.KubeService(scope, id, {
    metadata: { name, labels: labelsOf(identity) },
    spec: {
      type: 'ClusterIP',
      selector: selectorLabels(identity),
      ports: ports.map((port) => ({
        name: port.name,
        port: port.number,
        targetPort: k8s.IntOrString.fromString(port.name),
      })),
    },
  });
}
