import type { Construct } from 'constructs';
import { k8s } from '../../kubernetes/k8s';
import { labelsOf } from '../../kubernetes/metadata/labels';
import { objectName } from '../../kubernetes/metadata/names';
import type { IPeer } from '../../kubernetes/network/peer';
import type { EdgeTls } from './edge-tls';
import type { EntryContext } from './entry-context';

/** Props of `Entry.ingress`. */
export interface IngressEntryProps {
  /** IngressClass: `traefik`, `nginx`, `haproxy`. */
  readonly className: string;
  /**
   * The pods of the controller, such as `Peer.pods({ 'app.kubernetes.io/name': 'traefik' }, 'kube-system')`.
   *
   * Only they may connect to the edge listener. The edge believes the client address and the scheme that they report.
   */
  readonly controller: IPeer;
  /** Certificate of the hosts. */
  readonly tls: EdgeTls;
  /**
   * Adds a second Ingress, without TLS, that forwards plain HTTP to the edge, which redirects it.
   *
   * Needed where the controller serves the first Ingress only over TLS: Traefik does with the annotation `router.tls`.
   * Not for ingress-nginx: it redirects by itself, and its admission webhook refuses a second Ingress for one host.
   *
   * @default false
   */
  readonly redirectIngress?: boolean;
  /** Annotations of the Ingress with TLS. @default - none */
  readonly annotations?: { [key: string]: string };
}

/** Renders the Ingress. The proxy behind it decides which of its paths pass, in the same way for every controller. */
export function renderIngress(scope: Construct, props: IngressEntryProps, context: EntryContext): void {
  const { workload, routes } = context;
  const name = objectName(workload.namePrefix, 'matrix-ingress');
  const labels = labelsOf(workload);
  const rules = routes.map(({ host, paths }) => ({
    host,
    http: {
      paths: paths.map((path) => ({
        path,
        pathType: 'Prefix',
        backend: { service: { name: context.service, port: { number: context.port } } },
      })),
    },
  }));
  const ingressClassName = props.className;
  new k8s.KubeIngress(scope, 'Ingress', {
    metadata: { name, labels, annotations: { ...props.tls.annotations, ...props.annotations } },
    spec: { ingressClassName, tls: props.tls._ofIngress(routes.map(({ host }) => host)), rules },
  });
  if (props.redirectIngress) {
    new k8s.KubeIngress(scope, 'RedirectIngress', {
      metadata: { name: `${name}-redirect`, labels },
      spec: { ingressClassName, rules },
    });
  }
}
