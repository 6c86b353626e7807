import { UIDS } from '../../kubernetes/images/image';
import { k8s } from '../../kubernetes/k8s';
import { apartAffinity } from '../../kubernetes/workloads/affinity';
import { hardenedPod } from '../../kubernetes/workloads/hardened-pod';
import { LEAVE_SLOWLY } from '../../kubernetes/workloads/leave-slowly';
import type { Resources } from '../../kubernetes/workloads/resources';
import { configVolume } from '../../kubernetes/workloads/volumes';
import { PROXY_PORTS } from './proxy-ports';

const FOLDER = '/etc/matrix-edge';

/** What the proxy leads to, and how. */
export interface ProxyPodProps {
  readonly image: string;
  /** @default - none */
  readonly imagePullSecrets?: string[];
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
export function proxyPod(props: ProxyPodProps): k8s.PodSpec {
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
  return hardenedPod({
    uid: UIDS.haproxy,
    imagePullSecrets: props.imagePullSecrets,
    // Long polls end by themselves; see hard-stop-after.
    terminationGracePeriodSeconds: 50,
    affinity: apartAffinity(props.selector),
    containers: [
      {
        name: 'haproxy',
        image: props.image,
        resources: props.resources,
        command: ['sh', `${FOLDER}/start-proxy.sh`],
        env: Object.entries(environment).map(([name, value]) => ({ name, value: `${value}` })),
        ports: Object.values(PROXY_PORTS).map(({ name, number }) => ({ name, containerPort: number })),
        lifecycle: LEAVE_SLOWLY,
        startupProbe: { ...health, periodSeconds: 1, failureThreshold: 300 },
        readinessProbe: { ...health, periodSeconds: 5 },
        livenessProbe: { ...health, periodSeconds: 10 },
        volumeMounts: [{ name: 'config', mountPath: FOLDER, readOnly: true }],
      },
    ],
    volumes: [configVolume('config', props.configMapName)],
  });
}
