import { Chart, Lazy } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { k8s } from '../k8s';
import { labelsOf, selectorLabels, type WorkloadLabels } from '../metadata/labels';
import { type IPeer, type ITraffic, inNamespace, Peer, type TrafficPort } from './peer';

/** One declared connection. */
export interface Connection {
  readonly from: Peer;
  readonly to: Peer;
  /** One name for all its ports. */
  readonly name: string;
  /** Empty for every TCP port. */
  readonly ports: TrafficPort[];
}

/**
 * What one workload's pods may receive and send. Everything else is denied, in both directions.
 *
 * Each connection is declared once, at the receiving side when that is one of ours; the policies of both sides, the picture
 * in the README and the reachability tests all come from these declarations. The kubelet's probes need none: Kubernetes always
 * lets a node reach its own pods.
 */
export class Traffic extends Construct implements IPeer, ITraffic {
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
        // Broad rules last: some enforcers apply a range's exceptions to the rules after it.
        egress: Lazy.any({
          produce: () =>
            unlessEmpty(
              [...this.sent].sort(byBreadth).map((one) => ({ to: this.selectors(one.to), ports: portsOf(one) })),
            ),
        }),
      },
    });
  }

  /** Opens a port to a peer, in the policies of both sides. */
  public allowFrom(client: IPeer, ...ports: TrafficPort[]): void {
    const name = ports.map((port) => port.name).join(', ');
    this.received.push({ from: client.peer, to: this.peer, name, ports });
    client.peer.traffic?.allowTo(this, name, ...ports);
  }

  /**
   * Lets the pods connect to something that is not ours.
   *
   * @param ports none for every TCP port.
   */
  public allowTo(server: IPeer, name: string, ...ports: TrafficPort[]): void {
    this.sent.push({ from: this.peer, to: server.peer, name, ports });
  }

  /** Opens the way to the cluster's name server; OpenShift's pods listen at 5353. */
  public allowDns(): void {
    const ports = [53, 5353].flatMap((number) =>
      ['UDP', 'TCP'].map((protocol) => ({ name: `dns-${protocol.toLowerCase()}`, number, protocol })),
    );
    this.allowTo(Peer.DNS, 'names', ...ports);
  }

  /** Opens the way to the Kubernetes API, behind whose Service address clusters use these ports. */
  public allowKubernetesApi(): void {
    this.allowTo(Peer.KUBERNETES_API, 'kubernetes', { name: 'https', number: 443 }, { name: 'api', number: 6443 });
  }

  /** Every connection declared below a construct, each once. */
  public static connections(scope: IConstruct): Connection[] {
    const all = scope.node.findAll().filter((child): child is Traffic => child instanceof Traffic);
    // What one of them receives from another is declared at both.
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

function portsOf(connection: Connection): object[] {
  return connection.ports.length === 0
    ? [{ protocol: 'TCP' }]
    : connection.ports.map((port) => ({
        port: k8s.IntOrString.fromNumber(port.number),
        protocol: port.protocol ?? 'TCP',
      }));
}

/** Kubernetes drops empty lists, so that applying them again would seem a change. */
function unlessEmpty(rules: object[]): object[] | undefined {
  return rules.length > 0 ? rules : undefined;
}

function byBreadth(one: Connection, other: Connection): number {
  return Number(one.to === Peer.INTERNET) - Number(other.to === Peer.INTERNET);
}
