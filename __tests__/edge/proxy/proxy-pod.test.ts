import { type ProxyPodProps, proxyPod } from '../../../lib/edge/proxy/proxy-pod';
import { apartAffinity } from '../../../lib/kubernetes/workloads/affinity';
import { resources } from '../../../lib/kubernetes/workloads/resources';

const BASE: ProxyPodProps = {
  image: 'docker.io/library/haproxy:3.0-alpine',
  resources: resources(10, 16, 256),
  configMapName: 'matrix-edge',
  selector: { app: 'matrix-edge' },
  synapse: { host: 'matrix-synapse-main', clientPort: 8008, federationPort: 8009 },
  federation: false,
  maxUploadBytes: 52428800,
  publicBaseUrl: 'https://matrix.example.org:8443',
  trustedProxies: [],
  proxyHops: 1,
};
const environment = (props: Partial<ProxyPodProps> = {}) =>
  Object.fromEntries((proxyPod({ ...BASE, ...props }).containers[0].env ?? []).map(({ name, value }) => [name, value]));

it('minimal: what is not there is not said, so that its part of haproxy.cfg stays out', () => {
  expect(environment()).toEqual({
    EDGE_PORT: '8080',
    CLIENT_PORT: '8008',
    FEDERATION_PORT: '8009',
    ADMIN_PORT: '8010',
    STATE_PORT: '8404',
    SCHEME: 'https',
    PUBLIC_BASE_URL: 'https://matrix.example.org:8443',
    PUBLIC_HOST: 'matrix.example.org',
    PROXY_HOPS: '1',
    UPLOAD_BYTES: '52428800',
    SYNAPSE: 'matrix-synapse-main',
    SYNAPSE_CLIENT_PORT: '8008',
    SYNAPSE_FEDERATION_PORT: '8009',
  });
});

it('all props', () => {
  const all = {
    federation: true,
    publicBaseUrl: 'http://matrix.example.org',
    discovery: 'matrix-discovery:80',
    trustedProxies: ['10.1.2.3/32', '10.2.0.0/16'],
    imagePullSecrets: ['credentials'],
  };
  expect(environment(all)).toMatchObject({
    FEDERATION: 'open',
    SCHEME: 'http',
    DISCOVERY: 'matrix-discovery:80',
    TRUSTED_PROXIES: '10.1.2.3/32 10.2.0.0/16',
  });
  expect(proxyPod({ ...BASE, ...all }).imagePullSecrets).toEqual([{ name: 'credentials' }]);
});

it('has time for long polls when it ends', () => {
  expect(proxyPod(BASE).terminationGracePeriodSeconds).toBeGreaterThan(45);
});

it('runs on different nodes, where there are some', () => {
  expect(proxyPod(BASE).affinity).toEqual(apartAffinity(BASE.selector));
});
