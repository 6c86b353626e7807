import { isPort } from '../../addresses/port';
import { checked } from '../../kubernetes/checks/checked';
import { checkedPublicAddress } from '../public-address';

/** Options of {@link TurnEntry.nodePorts}. */
export interface TurnNodePorts {
  /**
   * IPv4 address at which clients reach the node, where it differs from the node's own, as behind NAT.
   *
   * @default - the address of the node that the pod runs on
   */
  readonly publicAddress?: string;
  /** Node port for UDP and TCP. @default 30478 */
  readonly port?: number;
  /** Node port for TLS. @default 30349 */
  readonly tlsPort?: number;
  /** First of the node ports that calls are relayed through. @default 30500 */
  readonly firstRelayPort?: number;
  /** Labels of the only node that it may run on, which `host` resolves to. @default - any node */
  readonly nodeLabels?: { [label: string]: string };
}

/** Options of {@link TurnEntry.loadBalancer}. */
export interface TurnLoadBalancer {
  /** IPv4 address of the load balancer, reserved before. */
  readonly publicAddress: string;
  /** Annotations by which the cloud gives this address to the Service. @default - none */
  readonly annotations?: { [key: string]: string };
  /** Class of the load balancer. @default - the cluster's default */
  readonly loadBalancerClass?: string;
  /** Port for UDP and TCP. @default 3478 */
  readonly port?: number;
  /** Port for TLS. Networks that let nothing else out allow 443. @default 5349 */
  readonly tlsPort?: number;
  /** First of the ports that calls are relayed through. @default 49152 */
  readonly firstRelayPort?: number;
}

/** The ports that clients see. */
interface TurnPorts {
  readonly port: number;
  readonly tlsPort: number;
  readonly firstRelayPort: number;
}

/** How clients outside the cluster reach a TURN server that runs in the pod network. */
@checked
export class TurnEntry {
  /**
   * Ports of the node, which must be free. Clients must reach the node that the pod runs on.
   *
   * @throws when a port is not one that Kubernetes gives to Services, 30000 to 32767, or the address is not valid.
   */
  public static nodePorts(options: TurnNodePorts = {}): TurnEntry {
    const { publicAddress, port = 30478, tlsPort = 30349, firstRelayPort = 30500, nodeLabels } = options;
    const address =
      publicAddress === undefined ? undefined : checkedPublicAddress('TurnEntry.nodePorts', publicAddress);
    const ports = { port, tlsPort, firstRelayPort };
    return new TurnEntry('nodePorts', checkedTurnPorts('nodePorts', ports, 30_000, 32_767), 32_767, address, {
      nodeLabels,
    });
  }

  /**
   * A load balancer for TCP and UDP together, which Kubernetes has since 1.26, and not every cloud.
   *
   * @throws when a port or the address is not valid.
   */
  public static loadBalancer(options: TurnLoadBalancer): TurnEntry {
    const { publicAddress, port = 3478, tlsPort = 5349, firstRelayPort = 49_152 } = options;
    const ports = checkedTurnPorts('loadBalancer', { port, tlsPort, firstRelayPort }, 1, 65_535);
    const address = checkedPublicAddress('TurnEntry.loadBalancer', publicAddress);
    const { annotations, loadBalancerClass } = options;
    return new TurnEntry('loadBalancer', ports, 65_535, address, { annotations, loadBalancerClass });
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'nodePorts' | 'loadBalancer',
    /** @internal */
    public readonly _ports: TurnPorts,
    /** @internal */
    public readonly _lastPort: number,
    /** @internal */
    public readonly _publicAddress: string | undefined,
    /** @internal */
    public readonly _placement: {
      readonly nodeLabels?: { [label: string]: string };
      readonly annotations?: { [key: string]: string };
      readonly loadBalancerClass?: string;
    },
  ) {}
}

function checkedTurnPorts(kind: string, ports: TurnPorts, first: number, last: number): TurnPorts {
  for (const [name, port] of Object.entries(ports)) {
    if (!isPort(port, first) || port > last) {
      throw new Error(`${name} ${port} of TurnEntry.${kind} is not valid: use a whole number from ${first} to ${last}`);
    }
  }
  if (ports.port === ports.tlsPort) {
    throw new Error(`tlsPort ${ports.tlsPort} of TurnEntry.${kind} is that of UDP and TCP too: use another port`);
  }
  return ports;
}
