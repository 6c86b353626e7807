import { isPort } from '../../addresses/port';
import { checked } from '../../kubernetes/checks/checked';
import { checkedPublicAddress } from '../public-address';

/** Options of {@link LivekitEntry.nodePorts}. */
export interface LivekitNodePorts {
  /**
   * IPv4 address at which clients reach the node, where it differs from the node's own, as behind NAT.
   *
   * @default - the address of the node that the pod runs on
   */
  readonly publicAddress?: string;
  /** Node port for UDP. @default 30002 */
  readonly udpPort?: number;
  /** Node port for TCP, for networks that block UDP. @default 30001 */
  readonly tcpPort?: number;
}

/** Options of {@link LivekitEntry.loadBalancer}. */
export interface LivekitLoadBalancer {
  /** IPv4 address of the load balancer, reserved before. */
  readonly publicAddress: string;
  /** Annotations by which the cloud gives this address to the Service. @default - none */
  readonly annotations?: { [key: string]: string };
  /** Class of the load balancer. @default - the cluster's default */
  readonly loadBalancerClass?: string;
  /** Port for UDP. @default 7882 */
  readonly udpPort?: number;
  /** Port for TCP, for networks that block UDP. @default 7881 */
  readonly tcpPort?: number;
}

/** How pictures and sound of clients outside the cluster reach the SFU, which runs in the pod network. */
@checked
export class LivekitEntry {
  /**
   * Ports of the node, which must be free. The SFU tells clients the same numbers.
   *
   * @throws when a port is not one that Kubernetes gives to Services, 30000 to 32767, or the address is not valid.
   */
  public static nodePorts(options: LivekitNodePorts = {}): LivekitEntry {
    const { publicAddress, udpPort = 30002, tcpPort = 30001 } = options;
    checkPorts('nodePorts', { udpPort, tcpPort }, 30_000, 32_767);
    const address =
      publicAddress === undefined ? undefined : checkedPublicAddress('LivekitEntry.nodePorts', publicAddress);
    return new LivekitEntry(true, udpPort, tcpPort, address, {});
  }

  /**
   * A load balancer for TCP and UDP together, which Kubernetes has since 1.26, and not every cloud.
   *
   * @throws when a port or the address is not valid.
   */
  public static loadBalancer(options: LivekitLoadBalancer): LivekitEntry {
    const { publicAddress, annotations, loadBalancerClass, udpPort = 7882, tcpPort = 7881 } = options;
    // The pod has the same ports, and may not open those below 1024.
    checkPorts('loadBalancer', { udpPort, tcpPort }, 1024, 65_535);
    const address = checkedPublicAddress('LivekitEntry.loadBalancer', publicAddress);
    return new LivekitEntry(false, udpPort, tcpPort, address, { annotations, loadBalancerClass });
  }

  private constructor(
    /** @internal */
    public readonly _onNodes: boolean,
    /** @internal */
    public readonly _udpPort: number,
    /** @internal */
    public readonly _tcpPort: number,
    /** @internal */
    public readonly _publicAddress: string | undefined,
    /** @internal */
    public readonly _balancer: {
      readonly annotations?: { [key: string]: string };
      readonly loadBalancerClass?: string;
    },
  ) {}
}

const OF_THE_POD = [7880, 6789];

function checkPorts(kind: string, ports: { [name: string]: number }, first: number, last: number): void {
  for (const [name, port] of Object.entries(ports)) {
    if (!isPort(port) || port < first || port > last || OF_THE_POD.includes(port)) {
      throw new Error(
        `${name} ${port} of LivekitEntry.${kind} is not valid: use a whole number from ${first} to ${last}, and not ` +
          `${OF_THE_POD.join(' or ')}, or leave it out`,
      );
    }
  }
}
