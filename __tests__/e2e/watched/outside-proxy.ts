import { NGINX_IMAGE } from '../../../lib/discovery/nginx-image';
import type { Certificate } from '../support/authority';
import { kubectl } from '../support/kubectl';
import { secret } from '../support/public-system';

/** Labels of its pod. */
export const OUTSIDE = { app: 'outside-proxy' };

const PORT = 8443;
const NAME = OUTSIDE.app;

/** Makes a reverse proxy of an operator's own in a namespace: it ends TLS and leads to a port of the node. */
export async function outsideProxy(namespace: string, tls: Certificate, nodePort: number): Promise<void> {
  const node = await kubectl(['get', 'nodes', '-o', 'jsonpath={.items[0].status.addresses[0].address}']);
  const items = [
    secret(NAME, { 'tls.crt': tls.certificate, 'tls.key': tls.key }, 'kubernetes.io/tls'),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: NAME }, data: { 'default.conf': server(node, nodePort) } },
    POD,
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: NAME },
      spec: { selector: OUTSIDE, ports: [{ port: 443, targetPort: PORT }] },
    },
  ];
  await kubectl(['apply', '-n', namespace, '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  await kubectl(['wait', '--for=condition=Ready', `pod/${NAME}`, '-n', namespace, '--timeout=60s']);
}

function server(node: string, nodePort: number): string {
  return `server {
    listen ${PORT} ssl;
    ssl_certificate /tls/tls.crt;
    ssl_certificate_key /tls/tls.key;
    location / {
      proxy_pass http://${node}:${nodePort};
      proxy_set_header Host $host;
      proxy_connect_timeout 2s;
    }
  }`;
}

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: NAME, labels: OUTSIDE },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [
      {
        name: NAME,
        image: NGINX_IMAGE.reference,
        volumeMounts: [
          { name: 'config', mountPath: '/etc/nginx/conf.d' },
          { name: 'tls', mountPath: '/tls' },
        ],
      },
    ],
    volumes: [
      { name: 'config', configMap: { name: NAME } },
      { name: 'tls', secret: { secretName: NAME } },
    ],
  },
};
