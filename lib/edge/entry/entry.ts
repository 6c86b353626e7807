import type { Construct } from 'constructs';
import { checked } from '../../kubernetes/checks/checked';
import type { IPeer } from '../../kubernetes/network/peer';
import type { EntryContext } from './entry-context';
import { type GatewayEntryProps, renderGateway } from './gateway';
import { type IngressEntryProps, renderIngress } from './ingress';

/** How requests from outside the cluster reach the edge. */
@checked
export class Entry {
  /**
   * An Ingress, for any controller.
   *
   * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
   */
  public static ingress(props: IngressEntryProps): Entry {
    return new Entry(props.controller, (scope, context) => renderIngress(scope, props, context));
  }

  /**
   * Routes of the Gateway API, for a Gateway that they bring or one that already exists.
   *
   * @see https://gateway-api.sigs.k8s.io
   */
  public static gateway(props: GatewayEntryProps): Entry {
    return new Entry(props.controller, (scope, context) => renderGateway(scope, props, context));
  }

  /** No entry: only the allowed clients connect, at the Services and at `nodePort` where it is set. */
  public static none(): Entry {
    return new Entry();
  }

  private constructor(
    /**
     * The controller that forwards the requests; undefined without an entry.
     *
     * @internal
     */
    public readonly _controller?: IPeer,
    /** @internal */
    public readonly _render?: (scope: Construct, context: EntryContext) => void,
  ) {}
}
