/** Programs behind an IngressClass that need objects of their own form. */
export enum IngressController {
  /** kubernetes/ingress-nginx, also as AKS' application routing and RKE2's default. */
  INGRESS_NGINX = 'ingress-nginx',
  /** Any other, such as Traefik, HAProxy or a load balancer of a cloud. */
  OTHER = 'other',
}

const PREFIX = 'nginx.ingress.kubernetes.io/';

/** Recognises the controller by the names that it usually has. */
export function controllerOf(className: string, annotations: { [key: string]: string } = {}): IngressController {
  const isNginx = /nginx|^webapprouting\./.test(className);
  return isNginx || Object.keys(annotations).some((key) => key.startsWith(PREFIX))
    ? IngressController.INGRESS_NGINX
    : IngressController.OTHER;
}

/**
 * Its defaults would refuse uploads above 1 MB, and end a first sync after a minute: the proxy behind it has the limits.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
 */
export const NGINX_ANNOTATIONS = {
  [`${PREFIX}proxy-body-size`]: '0',
  [`${PREFIX}proxy-read-timeout`]: '90',
  [`${PREFIX}proxy-send-timeout`]: '90',
};

/**
 * The type of a path. Before 1.13.2, ingress-nginx refuses other characters than these in a `Prefix`, even the dot of
 * `/.well-known`. It matches `ImplementationSpecific` by prefix; others match it exactly, so they never get it.
 *
 * @see https://github.com/kubernetes/ingress-nginx/pull/13798
 */
export function pathTypeOf(path: string, controller: IngressController): string {
  const isStrict = controller === IngressController.INGRESS_NGINX && !/^\/[A-Za-z0-9_/-]*$/.test(path);
  return isStrict ? 'ImplementationSpecific' : 'Prefix';
}
