import { Chart, Lazy } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { isPort } from '../../addresses/port';
import { checked } from '../checks/checked';
import { k8s } from '../k8s';
import { labelsOf, selectorLabels, type WorkloadLabels } from '../metadata/labels';
import { type IPeer, type ITraffic, inNamespace, Peer, type TrafficPort } from './peer';

/** One declared connection. */
export interface Connection {
  /** The client. */
  readonly from: Peer;
  /** The server. */
  readonly to: Peer;
  /** One name for all ports of the connection. */
  readonly name: string;
  /** The server's ports; empty for every TCP port. */
  readonly ports: TrafficPort[];
}

/**
 * The NetworkPolicy of one workload, which denies everything that is not declared, in both directions.
 *
 * Each connection is declared once, by the receiving part if it belongs to the system. The policies of both sides, the
 * picture in the README and the reachability tests all come from these declarations. The kubelet's probes need no
 * declaration, because Kubernetes always lets a node reach its own pods.
 */
@checked
export class Traffic extends Construct implements IPeer, ITraffic {
  /** The workload's pods as one side of a connection. */
  public readonly peer: Peer;
  private readonly received: Connection[] = [];
  private readonly sent: Connection[] = [];

  constructor(scope: Construct, id: string, workload: WorkloadLabels) {
    super(scope, id);
    const podSelector = { matchLabels: selectorLabels(workload) };
    this.peer = Peer._of(workload.app, workload.app, [{ podSelector }], this);
    new k8s.KubeNetworkPolicy(this, 'Default', {
      metadata: { name: workload.app, labels: labelsOf(workload) },
      spec: {
        podSelector,
        policyTypes: ['Ingress', 'Egress'],
        ingress: Lazy.any({
          produce: () =>
            unlessEmpty(this.received.map((one) => ({ from: this.selectors(one.from), ports: portsOf(one) }))),
        }),
        // Broad rules come last: some enforcers apply the exceptions of a range to later rules too.
        egress: Lazy.any({
          produce: () =>
            unlessEmpty(
              [...this.sent].sort(byBreadth).map((one) => ({ to: this.selectors(one.to), ports: portsOf(one) })),
            ),
        }),
      },
    });
  }

  /** Allows connections from a client, in the policies of both sides. */
  public allowFrom(client: IPeer, ...ports: TrafficPort[]): void {
    const name = ports.map((port) => port.name).join(', ');
    checkPorts(name, ports);
    this.received.push({ from: client.peer, to: this.peer, name, ports });
    client.peer.traffic?.allowTo(this, name, ...ports);
  }

  /**
   * Allows connections to a server outside the system.
   *
   * @param ports the server's ports; none for every TCP port.
   */
  public allowTo(server: IPeer, name: string, ...ports: TrafficPort[]): void {
    checkPorts(name, ports);
    this.sent.push({ from: this.peer, to: server.peer, name, ports });
  }

  /** Allows connections to the cluster's DNS server. On OpenShift its pods listen on port 5353. */
  public allowDns(): void {
    const ports = [53, 5353].flatMap((number) =>
      ['UDP', 'TCP'].map((protocol) => ({ name: `dns-${protocol.toLowerCase()}`, number, protocol })),
    );
    this.allowTo(Peer.DNS, 'names', ...ports);
  }

  /** Allows connections to the Kubernetes API, on the ports that clusters use behind its Service. */
  public allowKubernetesApi(): void {
    this.allowTo(Peer.KUBERNETES_API, 'kubernetes', { name: 'https', number: 443 }, { name: 'api', number: 6443 });
  }

  /** Returns every connection declared below a construct, each once. */
  public static connections(scope: IConstruct): Connection[] {
    const all = scope.node.findAll().filter((child): child is Traffic => child instanceof Traffic);
    // Connections between two parts are recorded on both sides.
    const isOurs = ({ traffic }: Peer) => all.some((one) => one === traffic);
    return all.flatMap(({ received, sent }) => [...received, ...sent.filter(({ to }) => !isOurs(to))]);
  }

  private selectors(other: Peer): k8s.NetworkPolicyPeer[] | undefined {
    const namespace = other.traffic && Chart.of(other.traffic).namespace;
    if (!namespace || namespace === Chart.of(this).namespace) {
      return other._selectors;
    }
    return other._selectors?.map((selector) => ({ ...selector, ...inNamespace(namespace) }));
  }
}

/**
 * Checks the ports, because the API server would refuse only the policy, and the pods would run without one.
 *
 * @throws when one is not a port, or has a protocol that a policy cannot have.
 */
function checkPorts(name: string, ports: TrafficPort[]): void {
  for (const { number, lastNumber, protocol = 'TCP' } of ports) {
    if (!isPort(number)) {
      throw new Error(`port ${number} of the connection '${name}' is not valid: use a whole number from 1 to 65535`);
    }
    if (lastNumber !== undefined && !isPort(lastNumber, number)) {
      throw new Error(
        `lastNumber ${lastNumber} of the connection '${name}' is not valid: use a whole number from ${number} to 65535`,
      );
    }
    if (!['TCP', 'UDP', 'SCTP'].includes(protocol)) {
      throw new Error(`protocol '${protocol}' of the connection '${name}' is not valid: use TCP, UDP or SCTP`);
    }
  }
}

function portsOf(connection: Connection): object[] {
  return connection.ports.length === 0
    ? [{ protocol: 'TCP' }]
    : connection.ports.map((port) => ({
        port: k8s.IntOrString.fromNumber(port.number),
        endPort: port.lastNumber,
        protocol: port.protocol ?? 'TCP',
      }));
}

/** Kubernetes drops empty lists, so applying them again would look like a change. */
function unlessEmpty(rules: object[]): object[] | undefined {
  return rules.length > 0 ? rules : undefined;
}

function byBreadth(one: Connection, other: Connection): number {
  return Number(one.to === Peer.INTERNET) - Number(other.to === Peer.INTERNET);
}
