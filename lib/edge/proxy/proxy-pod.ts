import { UIDS } from '../../kubernetes/images/image';
import { k8s } from '../../kubernetes/k8s';
import { apartAffinity } from '../../kubernetes/workloads/affinity';
import { hardenedPod } from '../../kubernetes/workloads/hardened-pod';
import { LEAVE_SLOWLY } from '../../kubernetes/workloads/leave-slowly';
import type { Resources } from '../../kubernetes/workloads/resources';
import { configVolume } from '../../kubernetes/workloads/volumes';
import { PROXY_PORTS } from './proxy-ports';

const FOLDER = '/etc/matrix-edge';

/** Props of the proxy's pod. */
export interface ProxyPodProps {
  readonly image: string;
  /** @default - none */
  readonly imagePullSecrets?: string[];
  readonly resources: Resources;
  readonly configMapName: string;
  /** Labels of all these pods, to spread them over the nodes. */
  readonly selector: { [key: string]: string };
  /** Hosts whose names must be known before it starts. */
  readonly hosts: string[];
}

/** The pod of the proxy; its whole configuration is in the ConfigMap. */
export function proxyPod(props: ProxyPodProps): k8s.PodSpec {
  const health = { httpGet: { path: '/health', port: k8s.IntOrString.fromString(PROXY_PORTS.state.name) } };
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
        command: ['sh', `${FOLDER}/start-proxy.sh`, ...props.hosts],
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
