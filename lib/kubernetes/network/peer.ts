import { Chart } from 'cdk8s';
import type { Workload } from 'cdk8s-plus-27';
import type { IConstruct } from 'constructs';
import { PRIVATE_RANGES, prefixLength } from '../../addresses/cidr';
import { checked } from '../checks/checked';
import type { k8s } from '../k8s';
import { checkedPodLabels } from '../metadata/labels';
import { checkedNamespace } from '../metadata/names';

/** A port of a workload. */
export interface TrafficPort {
  /** Name for readers, such as `client`. */
  readonly name: string;
  /** Port number. */
  readonly number: number;
  /** Last port of a range that begins with `number`. @default - one port */
  readonly lastNumber?: number;
  /** Protocol. @default TCP */
  readonly protocol?: string;
}

/** The network policies of a part. */
export interface ITraffic extends IConstruct {
  /** Allows the part's pods to connect to a server. */
  allowTo(server: IPeer, name: string, ...ports: TrafficPort[]): void;
}

/** A source or destination of traffic: a part of a system, or a {@link Peer} outside it. */
export interface IPeer {
  /** The side of a declared connection that it represents. */
  readonly peer: Peer;
}

/**
 * One side of a connection in a NetworkPolicy. The predefined address ranges are IPv4 only.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
@checked
export class Peer implements IPeer {
  /**
   * The cluster's DNS server: in `kube-system`, in OpenShift's `openshift-dns`, or at a link-local address on the node
   * (NodeLocal DNSCache, GKE with Cloud DNS). For any other place add a NetworkPolicy of your own.
   *
   * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
   */
  public static readonly DNS = Peer._of('dns', 'Cluster DNS', [
    inNamespace('kube-system'),
    inNamespace('openshift-dns'),
    { ipBlock: { cidr: '169.254.0.0/16' } },
  ]);

  /** The public IPv4 internet, without private ranges and so without the cluster's own. */
  public static readonly INTERNET = Peer._of('internet', 'Internet', [
    { ipBlock: { cidr: '0.0.0.0/0', except: PRIVATE_RANGES } },
  ]);

  /** Any client inside or outside the cluster. Only for public content. */
  public static readonly ANYONE = Peer._of('anyone', 'Anyone', undefined);

  /**
   * The Kubernetes API, at any address. No narrower rule works everywhere: it has a public address on some managed
   * clusters and runs on a node on others, and Cilium does not match address ranges against nodes.
   *
   * @see https://docs.cilium.io/en/stable/security/policy/language/
   */
  public static readonly KUBERNETES_API = Peer._of('kubernetes-api', 'Kubernetes API', undefined);

  /**
   * Pods with these labels.
   *
   * @param labels labels that the pods must all have; at least one.
   * @param namespace the pods' namespace; by default that of the system.
   * @throws when labels is empty, or a label or the namespace is not valid.
   */
  public static pods(labels: { [key: string]: string }, namespace?: string): Peer {
    const text = checkedPodLabels('Peer.pods', labels);
    if (!text) throw new Error(`Peer.pods({}) would select every pod: use a label, or Peer.namespace('…') for all`);
    if (namespace !== undefined) {
      checkedNamespace('namespace of Peer.pods', namespace);
    }
    const selector = { podSelector: { matchLabels: labels }, ...(namespace ? inNamespace(namespace) : {}) };
    const title = `Pods ${text}${namespace ? ` in ${namespace}` : ''}`;
    return Peer._of(namespace ? `${namespace}/${text}` : text, title, [selector]);
  }

  /** The pods of a workload that a program declares with cdk8s-plus. */
  public static of(workload: Workload): Peer {
    return Peer.pods(workload.matchLabels, Chart.of(workload).namespace);
  }

  /**
   * Every pod of a namespace.
   *
   * @throws when the name is not valid.
   */
  public static namespace(name: string): Peer {
    checkedNamespace('name of Peer.namespace', name);
    return Peer._of(`namespace/${name}`, `Namespace ${name}`, [inNamespace(name)]);
  }

  /**
   * A range of addresses, such as that of a managed database.
   *
   * @param cidr IPv4 or IPv6 range, such as `10.1.2.3/32`.
   * @throws when the range is not valid.
   */
  public static addresses(cidr: string): Peer {
    if (prefixLength(cidr) === undefined) {
      throw new Error(`'${cidr}' is not a valid range of addresses: use a prefix length too, such as 10.1.2.3/32`);
    }
    return Peer._of(cidr, cidr, [{ ipBlock: { cidr } }]);
  }

  /** @internal */
  public static _of(
    key: string,
    title: string,
    selectors: k8s.NetworkPolicyPeer[] | undefined,
    traffic?: ITraffic,
  ): Peer {
    return new Peer(key, title, selectors, traffic);
  }

  private constructor(
    /** Short unique key, for graphs. */
    public readonly key: string,
    /** Title for readers. */
    public readonly title: string,
    /**
     * Selectors for a policy; undefined for any peer.
     *
     * @internal
     */
    public readonly _selectors: k8s.NetworkPolicyPeer[] | undefined,
    /** The policies of a part of the system; undefined outside the system. */
    public readonly traffic?: ITraffic,
  ) {}

  public get peer(): Peer {
    return this;
  }
}

/** Selects a namespace by its name, in a label that Kubernetes sets itself. */
export function inNamespace(name: string): k8s.NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}
