import type { Construct } from 'constructs';
import { k8s } from '../k8s';
import { type Identity, labelsOf, selectorLabels } from '../metadata/labels';

/** A port of a Service. */
export interface ServicePort {
  readonly name: string;
  readonly number: number;
  /** Name of the container's port. @default - as the Service's */
  readonly target?: string;
  /** Port on every node; the Service is then of type NodePort, and pods see who comes. @default - none */
  readonly nodePort?: number;
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
  const onNodes = ports.some(({ nodePort }) => nodePort !== undefined);
  new k8s.KubeService(scope, id, {
    metadata: { name, labels: labelsOf(identity) },
    spec: {
      ...(onNodes ? { type: 'NodePort', externalTrafficPolicy: 'Local' } : { type: 'ClusterIP' }),
      selector: selectorLabels(identity),
      ports: ports.map((port) => ({
        name: port.name,
        port: port.number,
        targetPort: k8s.IntOrString.fromString(port.target ?? port.name),
        nodePort: port.nodePort,
      })),
    },
  });
}
