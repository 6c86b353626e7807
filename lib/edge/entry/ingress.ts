import type { Construct } from 'constructs';
import { k8s } from '../../kubernetes/k8s';
import { labelsOf } from '../../kubernetes/metadata/labels';
import { objectName } from '../../kubernetes/metadata/names';
import type { IPeer } from '../../kubernetes/network/peer';
import type { EdgeTls } from './edge-tls';
import type { EntryContext } from './entry-context';
import { controllerOf, IngressController, NGINX_ANNOTATIONS, pathTypeOf } from './ingress-nginx';

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
  /**
   * The program behind the class, where its name does not tell.
   *
   * ingress-nginx gets path types that its versions before 1.13.2 accept, and annotations for large uploads and long
   * requests, which `annotations` may replace.
   *
   * @default - ingress-nginx when `className` or an annotation names nginx, otherwise any other
   */
  readonly ingressController?: IngressController;
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

/**
 * Renders the Ingress. The proxy behind it decides which of its paths pass, in the same way for every controller.
 *
 * @throws when ingress-nginx would refuse the second Ingress.
 */
export function renderIngress(scope: Construct, props: IngressEntryProps, context: EntryContext): void {
  const { workload, routes } = context;
  const name = objectName(workload.namePrefix, 'matrix-ingress');
  const labels = labelsOf(workload);
  const { className, annotations, ingressController = controllerOf(className, annotations) } = props;
  const isNginx = ingressController === IngressController.INGRESS_NGINX;
  if (isNginx && props.redirectIngress) {
    throw new Error(
      `redirectIngress of Entry.ingress is true, but ingress-nginx (className '${className}') refuses a second Ingress for the ` +
        'same hosts: leave it out, because ingress-nginx redirects to https by itself',
    );
  }
  const rules = routes.map(({ host, paths, servicePort = context.port }) => ({
    host,
    http: {
      paths: paths.map((path) => ({
        path,
        pathType: pathTypeOf(path, ingressController),
        backend: { service: { name: context.service, port: { number: servicePort } } },
      })),
    },
  }));
  const ingressClassName = className;
  const ofController = isNginx ? NGINX_ANNOTATIONS : {};
  new k8s.KubeIngress(scope, 'Ingress', {
    metadata: { name, labels, annotations: { ...props.tls.annotations, ...ofController, ...annotations } },
    spec: { ingressClassName, tls: props.tls._ofIngress(routes.map(({ host }) => host)), rules },
  });
  if (props.redirectIngress) {
    new k8s.KubeIngress(scope, 'RedirectIngress', {
      metadata: { name: `${name}-redirect`, labels },
      spec: { ingressClassName, rules },
    });
  }
}
