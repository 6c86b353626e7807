import { Chart } from 'cdk8s';
import type { Workload } from 'cdk8s-plus-27';
import type { IConstruct } from 'constructs';
import { PRIVATE_RANGES, prefixLength } from '../../addresses/cidr';
import type { k8s } from '../k8s';
import { checkedPodLabels } from '../metadata/labels';
import { checkedNamespace } from '../metadata/names';

/** A port of a workload. */
export interface TrafficPort {
  /** Name for people: `client`. */
  readonly name: string;
  readonly number: number;
  /** @default TCP */
  readonly protocol?: string;
}

/** The policies of a part: what its pods may send is declared there. */
export interface ITraffic extends IConstruct {
  /** Lets the part's pods connect to a server. */
  allowTo(server: IPeer, name: string, ...ports: TrafficPort[]): void;
}

/** Something that traffic can come from or go to: a part of a system, or a {@link Peer} outside it. */
export interface IPeer {
  /** Its side of a declared connection. */
  readonly peer: Peer;
}

/**
 * One side of a connection, as a NetworkPolicy sees it. IPv6 stays closed where only addresses are named.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class Peer implements IPeer {
  /**
   * The cluster's name server: pods where clusters keep them, OpenShift in a namespace of its own, or what runs on the node at a link-local
   * address, a cache (NodeLocal DNSCache) or the cloud's own (GKE with Cloud DNS). One that is elsewhere needs a NetworkPolicy of your own,
   * which adds to these.
   *
   * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
   */
  public static readonly DNS = Peer._of('dns', 'Cluster DNS', [
    inNamespace('kube-system'),
    inNamespace('openshift-dns'),
    { ipBlock: { cidr: '169.254.0.0/16' } },
  ]);

  /** The internet without private ranges, the cluster's own among them. */
  public static readonly INTERNET = Peer._of('internet', 'Internet', [
    { ipBlock: { cidr: '0.0.0.0/0', except: PRIVATE_RANGES } },
  ]);

  /** Whoever asks, from inside and outside. Only for what is public by nature. */
  public static readonly ANYONE = Peer._of('anyone', 'Anyone', undefined);

  /**
   * The Kubernetes API: anywhere, at its usual ports. It has a public address on some managed clusters, and Cilium matches no range against a
   * node, where it runs on others: whatever is narrower closes it somewhere.
   *
   * @see https://docs.cilium.io/en/stable/security/policy/language/
   */
  public static readonly KUBERNETES_API = Peer._of('kubernetes-api', 'Kubernetes API', undefined);

  /**
   * Pods by label, in the namespace of the system unless a namespace is named.
   *
   * @param labels all of them must match; at least one.
   * @throws without a label, which would be every pod, or with one that no pod can have.
   */
  public static pods(labels: { [key: string]: string }, namespace?: string): Peer {
    const text = checkedPodLabels('Peer.pods', labels);
    if (!text) {
      throw new Error(`Peer.pods({}) would be every pod: name a label, or write Peer.namespace('…') if you mean that`);
    }
    if (namespace !== undefined) {
      checkedNamespace('Peer.pods: the namespace', namespace);
    }
    return Peer._of(namespace ? `${namespace}/${text}` : text, `Pods ${text}${namespace ? ` in ${namespace}` : ''}`, [
      {
        podSelector: { matchLabels: labels },
        ...(namespace ? inNamespace(namespace) : {}),
      },
    ]);
  }

  /** The pods of a workload that a program declares with cdk8s-plus. */
  public static of(workload: Workload): Peer {
    return Peer.pods(workload.matchLabels, Chart.of(workload).namespace);
  }

  /**
   * Every pod of a namespace.
   *
   * @throws when it is no name of one.
   */
  public static namespace(name: string): Peer {
    checkedNamespace('Peer.namespace: the namespace', name);
    return Peer._of(`namespace/${name}`, `Namespace ${name}`, [inNamespace(name)]);
  }

  /**
   * Addresses, such as those of a managed database.
   *
   * @param cidr `10.1.2.3/32`
   * @throws when it is no IPv4 or IPv6 range.
   */
  public static addresses(cidr: string): Peer {
    if (prefixLength(cidr) === undefined) {
      throw new Error(`'${cidr}' is no range of addresses: write it with its prefix length, such as 10.1.2.3/32`);
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
    /** Short and unique, for the graph. */
    public readonly key: string,
    /** For people. */
    public readonly title: string,
    /**
     * In a policy; undefined for anyone.
     *
     * @internal
     */
    public readonly _selectors: k8s.NetworkPolicyPeer[] | undefined,
    /** The policies of a part of ours; undefined for anything else. */
    public readonly traffic?: ITraffic,
  ) {}

  public get peer(): Peer {
    return this;
  }
}

/** Selects a namespace by its name, which Kubernetes itself writes into that label. */
export function inNamespace(name: string): k8s.NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}
