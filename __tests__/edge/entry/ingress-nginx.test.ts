import { controllerOf, IngressController, pathTypeOf } from '../../../lib/edge/entry/ingress-nginx';

it.each([
  ['nginx', {}, IngressController.INGRESS_NGINX],
  ['external-nginx', {}, IngressController.INGRESS_NGINX],
  ['webapprouting.kubernetes.azure.com', {}, IngressController.INGRESS_NGINX],
  ['public', { 'nginx.ingress.kubernetes.io/proxy-body-size': '0' }, IngressController.INGRESS_NGINX],
  ['public', {}, IngressController.OTHER],
  ['traefik', { 'cert-manager.io/issuer': 'x' }, IngressController.OTHER],
])('recognises the controller of %s with %j', (className, annotations, controller) => {
  expect(controllerOf(className, annotations)).toBe(controller);
});

it.each([
  ['/_matrix', 'Prefix'],
  ['/_synapse/client', 'Prefix'],
  ['/.well-known/matrix', 'ImplementationSpecific'],
  ['/v1.0', 'ImplementationSpecific'],
  ['/a+(b)', 'ImplementationSpecific'],
])('has for %s the type %s', (path, type) => {
  expect(pathTypeOf(path, IngressController.INGRESS_NGINX)).toBe(type);
  expect(pathTypeOf(path, IngressController.OTHER)).toBe('Prefix');
});
