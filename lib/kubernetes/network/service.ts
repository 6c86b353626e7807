import type { Construct } from 'constructs';
import { k8s } from '../k8s';
import { labelsOf, selectorLabels, type WorkloadLabels } from '../metadata/labels';

/** A port of a Service. */
export interface ServicePort {
  readonly name: string;
  readonly number: number;
  /** Name of the container's port. @default - as the Service's */
  readonly target?: string;
  /** Port on every node; the Service is then of type NodePort, and pods see the client's address. @default - none */
  readonly nodePort?: number;
}

/** Props of {@link Service}. */
export interface ServiceProps {
  readonly workload: WorkloadLabels;
  readonly name: string;
  readonly ports: ServicePort[];
}

/**
 * A name inside the cluster for the pods of a workload.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/
 */
export class Service extends k8s.KubeService {
  constructor(scope: Construct, id: string, { workload, name, ports }: ServiceProps) {
    const onNodes = ports.some(({ nodePort }) => nodePort !== undefined);
    super(scope, id, {
      metadata: { name, labels: labelsOf(workload) },
      spec: {
        ...(onNodes ? { type: 'NodePort', externalTrafficPolicy: 'Local' } : { type: 'ClusterIP' }),
        selector: selectorLabels(workload),
        ports: ports.map((port) => ({
          name: port.name,
          port: port.number,
          targetPort: k8s.IntOrString.fromString(port.target ?? port.name),
          nodePort: port.nodePort,
        })),
      },
    });
  }
}
