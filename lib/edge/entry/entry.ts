import type { Construct } from 'constructs';
import type { IPeer } from '../../kubernetes/network/peer';
import type { EdgeContext } from './entry-context';
import { type GatewayEdgeProps, renderGateway } from './gateway';
import { type IngressEdgeProps, renderIngress } from './ingress';

/** What leads from outside to the system. */
export class Edge {
  /**
   * An Ingress of whatever controller the cluster has.
   *
   * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
   */
  public static ingress(props: IngressEdgeProps): Edge {
    return new Edge(props.controller, (scope, context) => renderIngress(scope, props, context));
  }

  /**
   * Routes of the Gateway API, with a Gateway of their own or for one that is there.
   *
   * @see https://gateway-api.sigs.k8s.io
   */
  public static gateway(props: GatewayEdgeProps): Edge {
    return new Edge(props.controller, (scope, context) => renderGateway(scope, props, context));
  }

  /** Nothing: declared `clients` come, and what listens on nodes where `nodePort` is set. */
  public static none(): Edge {
    return new Edge();
  }

  private constructor(
    /** Who brings the requests; undefined when nobody does. */
    public readonly controller?: IPeer,
    /** @internal */
    public readonly _render?: (scope: Construct, context: EdgeContext) => void,
  ) {}
}
