import { k8s } from '../kubernetes/k8s';
import type { IWorkloadContext } from '../kubernetes/workload-context';
import { apartAffinity } from '../kubernetes/workloads/affinity';
import type { Resources } from '../kubernetes/workloads/resources';
import { PRE_STOP_DELAY } from '../kubernetes/workloads/rolling-deployment';
import { configVolume, scratch } from '../kubernetes/workloads/volumes';
import { ELEMENT_IMAGE } from './element-image';

/** The port on which nginx.conf listens; the original had it. */
export const ELEMENT_PORT = { name: 'http-element', number: 8087 };

const CONFIG = '/etc/matrix-element';

/** Returns the pod that serves Element Web. */
export function elementPod(
  context: IWorkloadContext,
  resources: Resources,
  configName: string,
  selector: { [key: string]: string },
): k8s.PodSpec {
  const health = { httpGet: { path: '/healthz', port: k8s.IntOrString.fromString(ELEMENT_PORT.name) } };
  return context._pod({
    uid: ELEMENT_IMAGE.uid,
    affinity: apartAffinity(selector),
    containers: [
      {
        name: 'element',
        image: context.image(ELEMENT_IMAGE),
        resources,
        // The image's entry point would write a configuration of its own.
        command: ['nginx', '-e', 'stderr', '-c', `${CONFIG}/nginx.conf`],
        ports: [{ name: ELEMENT_PORT.name, containerPort: ELEMENT_PORT.number }],
        lifecycle: PRE_STOP_DELAY,
        startupProbe: { ...health, periodSeconds: 1, failureThreshold: 30 },
        readinessProbe: { ...health, periodSeconds: 5 },
        livenessProbe: { ...health, periodSeconds: 10 },
        volumeMounts: [
          { name: 'config', mountPath: CONFIG, readOnly: true },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      },
    ],
    volumes: [configVolume('config', configName), scratch('tmp', '8Mi')],
  });
}
