import type { Construct } from 'constructs';
import type { IPeer } from '../../kubernetes/network/peer';
import type { EntryContext } from './entry-context';
import { type GatewayEntryProps, renderGateway } from './gateway';
import { type IngressEntryProps, renderIngress } from './ingress';

/** What leads in from outside the cluster. */
export class Entry {
  /**
   * An Ingress of whatever controller the cluster has.
   *
   * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
   */
  public static ingress(props: IngressEntryProps): Entry {
    return new Entry(props.controller, (scope, context) => renderIngress(scope, props, context));
  }

  /**
   * Routes of the Gateway API, with a Gateway of their own or for one that is there.
   *
   * @see https://gateway-api.sigs.k8s.io
   */
  public static gateway(props: GatewayEntryProps): Entry {
    return new Entry(props.controller, (scope, context) => renderGateway(scope, props, context));
  }

  /** Nothing: only the allowed clients come, by the Services and by `nodePort` where it is set. */
  public static none(): Entry {
    return new Entry();
  }

  private constructor(
    /**
     * What brings the requests; undefined when nothing does.
     *
     * @internal
     */
    public readonly _controller?: IPeer,
    /** @internal */
    public readonly _render?: (scope: Construct, context: EntryContext) => void,
  ) {}
}
