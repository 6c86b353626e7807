import { k8s } from '../../kubernetes/k8s';
import type { IWorkloadContext } from '../../kubernetes/workload-context';
import { apartAffinity } from '../../kubernetes/workloads/affinity';
import type { Resources } from '../../kubernetes/workloads/resources';
import { preStopDelay } from '../../kubernetes/workloads/rolling-deployment';
import { configVolume } from '../../kubernetes/workloads/volumes';
import { HAPROXY_IMAGE } from './haproxy-image';
import { PROXY_PORTS } from './proxy-ports';

const FOLDER = '/etc/matrix-edge';

/** Props of the proxy's pod. */
export interface ProxyPodProps {
  readonly resources: Resources;
  readonly configMapName: string;
  /** Labels of all these pods, to spread them over the nodes. */
  readonly selector: { [key: string]: string };
  /** Host names that must resolve before the proxy starts. */
  readonly hosts: string[];
}

/** The pod of the proxy; its whole configuration is in the ConfigMap. */
export function proxyPod(context: IWorkloadContext, props: ProxyPodProps): k8s.PodSpec {
  const probe = (path: string) => ({ httpGet: { path, port: k8s.IntOrString.fromString(PROXY_PORTS.state.name) } });
  return context._pod({
    uid: HAPROXY_IMAGE.uid,
    // Longer than the delay and hard-stop-after, which lets long polls end by themselves.
    terminationGracePeriodSeconds: 60,
    affinity: apartAffinity(props.selector),
    containers: [
      {
        name: 'haproxy',
        image: context.image(HAPROXY_IMAGE),
        resources: props.resources,
        command: ['sh', `${FOLDER}/start-proxy.sh`, ...props.hosts],
        ports: Object.values(PROXY_PORTS).map(({ name, number }) => ({ name, containerPort: number })),
        // A busy ingress controller has taken more than five seconds to learn that a pod ends.
        lifecycle: preStopDelay(10),
        startupProbe: { ...probe('/health'), periodSeconds: 1, failureThreshold: 300 },
        readinessProbe: { ...probe('/health'), periodSeconds: 5 },
        livenessProbe: { ...probe('/alive'), periodSeconds: 10 },
        volumeMounts: [{ name: 'config', mountPath: FOLDER, readOnly: true }],
      },
    ],
    volumes: [configVolume('config', props.configMapName)],
  });
}
