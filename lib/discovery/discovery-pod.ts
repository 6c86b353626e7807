import { k8s } from '../kubernetes/k8s';
import type { IWorkloadContext } from '../kubernetes/workload-context';
import { apartAffinity } from '../kubernetes/workloads/affinity';
import type { Resources } from '../kubernetes/workloads/resources';
import { PRE_STOP_DELAY } from '../kubernetes/workloads/rolling-deployment';
import { configVolume, scratch } from '../kubernetes/workloads/volumes';
import { NGINX_IMAGE } from './nginx-image';

/** The port on which default.conf listens. */
export const LISTENER = { name: 'http-discovery', number: 8090 };

/** The folder that default.conf reads. */
const FOLDER = '/etc/matrix-discovery';

/** Props of {@link discoveryPod}. */
export interface DiscoveryPodProps {
  /** Requests and limits. */
  readonly resources: Resources;
  /** Name of the ConfigMap with `default.conf`. */
  readonly configName: string;
  /** Name of the ConfigMap with the files of the sites. */
  readonly dataName: string;
  /** Selector of these pods, to spread them over nodes. */
  readonly selector: { [key: string]: string };
}

/** Returns the pod that serves the files of the sites. */
export function discoveryPod(context: IWorkloadContext, props: DiscoveryPodProps): k8s.PodSpec {
  const { resources, configName, dataName, selector } = props;
  const health = { httpGet: { path: '/healthz', port: k8s.IntOrString.fromString(LISTENER.name) } };
  return context._pod({
    uid: NGINX_IMAGE.uid,
    affinity: apartAffinity(selector),
    containers: [
      {
        name: 'discovery',
        image: context.image(NGINX_IMAGE),
        resources,
        // The image's entry point would rewrite the configuration.
        command: ['nginx', '-e', 'stderr', '-c', `${FOLDER}/config/default.conf`],
        ports: [{ name: LISTENER.name, containerPort: LISTENER.number }],
        lifecycle: PRE_STOP_DELAY,
        startupProbe: { ...health, periodSeconds: 1, failureThreshold: 30 },
        readinessProbe: { ...health, periodSeconds: 5 },
        livenessProbe: { ...health, periodSeconds: 10 },
        volumeMounts: [
          { name: 'config', mountPath: `${FOLDER}/config`, readOnly: true },
          { name: 'data', mountPath: `${FOLDER}/data`, readOnly: true },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      },
    ],
    volumes: [configVolume('config', configName), configVolume('data', dataName), scratch('tmp', '8Mi')],
  });
}
