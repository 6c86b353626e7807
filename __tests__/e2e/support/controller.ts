import { request } from 'node:https';
import { Duration } from 'cdk8s';
import { EdgeTls, Entry, Peer, SecretKey, SyntheticUser } from '../../../lib';
import type { Authority } from './authority';
import { kubectl } from './kubectl';
import { PortForward, speaksTls } from './port-forward';

/**
 * Location of the controller, as `../shared/cluster/addons/traefik` installs it. Other clusters name it differently.
 */
const NAMESPACE = 'edge';
const SERVICE = 'traefik';
/** Its name in the cluster. */
export const CONTROLLER_HOST = `${SERVICE}.${NAMESPACE}`;
export const CONTROLLER = Peer.pods({ 'app.kubernetes.io/name': 'traefik' }, NAMESPACE);
/** Port at which its pods listen for TLS. */
export const CONTROLLER_PORT = 8443;

/** A synthetic user that goes through it, and trusts the CA in the Secret `private-ca`. */
export const SYNTHETIC_USER = SyntheticUser.inCluster({
  address: `${CONTROLLER_HOST}:443`,
  peer: CONTROLLER,
  port: CONTROLLER_PORT,
  caCertificates: SecretKey.fromSecretName('private-ca', 'ca.crt'),
  interval: Duration.seconds(10),
});
/** Name of the Secret with the certificate of a system's hosts. */
export const TLS = 'edge-tls';

const BOTH = { className: 'traefik', controller: CONTROLLER, tls: EdgeTls.secret(TLS) };
/** It uses TLS only for Ingress routes that ask for it. */
export const INGRESS_PROPS = { ...BOTH, annotations: { 'traefik.ingress.kubernetes.io/router.tls': 'true' } };
/** An Ingress. */
export const INGRESS = Entry.ingress(INGRESS_PROPS);
/** A Gateway for one system. */
export const GATEWAY = Entry.gateway({ ...BOTH, httpPort: 8000, httpsPort: CONTROLLER_PORT });

/** Its address in the cluster. */
export async function controllerAddress(): Promise<string> {
  return kubectl(['get', 'service', SERVICE, '-n', NAMESPACE, '-o', 'jsonpath={.spec.clusterIP}']);
}

/** A port-forward to it from this machine. */
export function forwardToController(): Promise<PortForward> {
  return PortForward.open(NAMESPACE, `service/${SERVICE}`, 443, speaksTls);
}

/** Its answer to a GET, after the certificate of the host was verified. */
export function askController(
  forward: PortForward | undefined,
  authority: Authority,
  host: string,
  path: string,
  headers: { [name: string]: string } = {},
): Promise<{ status?: number; body: string }> {
  const { hostname, port } = new URL(forward?.url ?? '');
  const options = { hostname, port, path, servername: host, headers: { Host: host, ...headers } };
  return new Promise((done, failed) => {
    request({ ...options, ca: authority.certificate }, async (answer) => {
      const chunks = await answer.toArray();
      done({ status: answer.statusCode, body: Buffer.concat(chunks).toString() });
    })
      .on('error', failed)
      .end();
  });
}
