import type { Construct } from 'constructs';
import { k8s } from '../k8s';
import { labelsOf, selectorLabels, type WorkloadLabels } from '../metadata/labels';

/** A port of a Service. */
export interface ServicePort {
  /** Name of the port. */
  readonly name: string;
  /** Port number. */
  readonly number: number;
  /** Name of the container's port. @default - the name of the Service's port */
  readonly target?: string;
  /** Port on every node. It makes the Service a NodePort, and pods see the client's address. @default - none */
  readonly nodePort?: number;
}

/** Props of {@link Service}. */
export interface ServiceProps {
  /** Labels of the workload. */
  readonly workload: WorkloadLabels;
  /** Name of the Service. */
  readonly name: string;
  /** Ports. */
  readonly ports: ServicePort[];
  /** Whether its name has the addresses of the pods instead of one of its own. @default false */
  readonly headless?: boolean;
  /** Whether pods get connections before they are ready, for clients that find out by themselves. @default false */
  readonly publishNotReadyAddresses?: boolean;
}

/**
 * The Service of a workload's pods.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/
 */
export class Service extends k8s.KubeService {
  constructor(scope: Construct, id: string, props: ServiceProps) {
    const { workload, name, ports, headless, publishNotReadyAddresses } = props;
    const onNodes = ports.some(({ nodePort }) => nodePort !== undefined);
    super(scope, id, {
      metadata: { name, labels: labelsOf(workload) },
      spec: {
        ...(onNodes ? { type: 'NodePort', externalTrafficPolicy: 'Local' } : { type: 'ClusterIP' }),
        ...(headless ? { clusterIp: 'None' } : {}),
        publishNotReadyAddresses,
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
