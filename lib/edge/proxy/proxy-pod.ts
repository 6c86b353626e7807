import { k8s } from '../../kubernetes/k8s';
import type { IWorkloadContext } from '../../kubernetes/workload-context';
import { apartAffinity } from '../../kubernetes/workloads/affinity';
import type { Resources } from '../../kubernetes/workloads/resources';
import { PRE_STOP_DELAY } from '../../kubernetes/workloads/rolling-deployment';
import { configVolume } from '../../kubernetes/workloads/volumes';
import { HAPROXY_IMAGE } from './haproxy-image';
import { PROXY_PORTS } from './proxy-ports';

const FOLDER = '/etc/matrix-edge';

/** What the proxy leads to, and how. */
export interface ProxyPodProps {
  readonly resources: Resources;
  readonly configMapName: string;
  /** Labels of all these pods, to spread them over the nodes. */
  readonly selector: { [key: string]: string };
  readonly synapse: { readonly host: string; readonly clientPort: number; readonly federationPort: number };
  /** Whether other servers are let in. */
  readonly federation: boolean;
  /** Bytes of the largest file. */
  readonly maxUploadBytes: number;
  /** Where people come: `https://matrix.example.org`. */
  readonly publicBaseUrl: string;
  /** `host:port` of what answers `/.well-known/matrix`. @default - nobody */
  readonly discovery?: string;
  /** Ranges whose X-Forwarded-For is believed at the client door. */
  readonly trustedProxies: string[];
  /** Which entry of X-Forwarded-For is believed, from the end. */
  readonly proxyHops: number;
}

/** The pod of the proxy; its environment is what haproxy.cfg is told. */
export function proxyPod(context: IWorkloadContext, props: ProxyPodProps): k8s.PodSpec {
  const { synapse, trustedProxies } = props;
  const { protocol, hostname } = new URL(props.publicBaseUrl);
  const health = { httpGet: { path: '/health', port: k8s.IntOrString.fromString(PROXY_PORTS.state.name) } };
  const environment = {
    ...Object.fromEntries(
      Object.entries(PROXY_PORTS).map(([door, { number }]) => [`${door.toUpperCase()}_PORT`, number]),
    ),
    SCHEME: protocol.replace(':', ''),
    PUBLIC_BASE_URL: props.publicBaseUrl,
    PUBLIC_HOST: hostname,
    PROXY_HOPS: props.proxyHops,
    UPLOAD_BYTES: props.maxUploadBytes,
    SYNAPSE: synapse.host,
    SYNAPSE_CLIENT_PORT: synapse.clientPort,
    SYNAPSE_FEDERATION_PORT: synapse.federationPort,
    ...(props.federation ? { FEDERATION: 'open' } : {}),
    ...(props.discovery ? { DISCOVERY: props.discovery } : {}),
    ...(trustedProxies.length > 0 ? { TRUSTED_PROXIES: trustedProxies.join(' ') } : {}),
  };
  return context._pod({
    uid: HAPROXY_IMAGE.uid,
    // Long polls end by themselves; see hard-stop-after.
    terminationGracePeriodSeconds: 50,
    affinity: apartAffinity(props.selector),
    containers: [
      {
        name: 'haproxy',
        image: context.image(HAPROXY_IMAGE),
        resources: props.resources,
        command: ['sh', `${FOLDER}/start-proxy.sh`],
        env: Object.entries(environment).map(([name, value]) => ({ name, value: `${value}` })),
        ports: Object.values(PROXY_PORTS).map(({ name, number }) => ({ name, containerPort: number })),
        lifecycle: PRE_STOP_DELAY,
        startupProbe: { ...health, periodSeconds: 1, failureThreshold: 300 },
        readinessProbe: { ...health, periodSeconds: 5 },
        livenessProbe: { ...health, periodSeconds: 10 },
        volumeMounts: [{ name: 'config', mountPath: FOLDER, readOnly: true }],
      },
    ],
    volumes: [configVolume('config', props.configMapName)],
  });
}
