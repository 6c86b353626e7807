import type { Construct } from 'constructs';
import type { Identity } from '../kubernetes/labels';
import type { IPeer } from '../kubernetes/peer';
import { type GatewayEdgeProps, renderGateway } from './gateway';
import type { HostRoute } from './host-routes';
import { type IngressEdgeProps, renderIngress } from './ingress';

/** What leads from outside to the system. */
export abstract class Edge {
  /**
   * An Ingress of whatever controller the cluster has.
   *
   * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
   */
  public static ingress(props: IngressEdgeProps): Edge {
    return new (class extends Edge {
      public render(scope: Construct, context: EdgeContext): void {
        renderIngress(scope, props, context);
      }
    })(props.controller);
  }

  /**
   * Routes of the Gateway API, with a Gateway of their own or for one that is there.
   *
   * @see https://gateway-api.sigs.k8s.io
   */
  public static gateway(props: GatewayEdgeProps): Edge {
    return new (class extends Edge {
      public render(scope: Construct, context: EdgeContext): void {
        renderGateway(scope, props, context);
      }
    })(props.controller);
  }

  /** Nothing: declared `clients` come, and what listens on nodes where `nodePort` is set. */
  public static none(): Edge {
    return new (class extends Edge {
      public render(): void {}
    })();
  }

  protected constructor(
    /** Who brings the requests; undefined when nobody does. */
    public readonly controller?: IPeer,
  ) {}

  /** Renders the way in. */
  public abstract render(scope: Construct, context: EdgeContext): void;
}

/** What an edge leads to. */
export interface EdgeContext {
  readonly identity: Identity;
  readonly routes: HostRoute[];
  /** Service and its port. */
  readonly service: string;
  readonly port: number;
}
