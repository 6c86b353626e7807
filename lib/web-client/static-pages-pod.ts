import type { Image } from '../kubernetes/images/image';
import { k8s } from '../kubernetes/k8s';
import type { IWorkloadContext } from '../kubernetes/workload-context';
import { apartAffinity } from '../kubernetes/workloads/affinity';
import type { Resources } from '../kubernetes/workloads/resources';
import { PRE_STOP_DELAY } from '../kubernetes/workloads/rolling-deployment';
import { configVolume, scratch } from '../kubernetes/workloads/volumes';

/** The port on which nginx.conf listens; the original had it for Element. */
export const PAGES_PORT = 8087;

const CONFIG = '/etc/matrix-element';

/** What differs between the pods of two clients. */
export interface StaticPagesPod {
  readonly image: Image;
  /** Name of the container. */
  readonly container: string;
  readonly portName: string;
  readonly resources: Resources;
  readonly configName: string;
  readonly selector: { [key: string]: string };
}

/** Returns a pod that serves the files of an image. */
export function staticPagesPod(context: IWorkloadContext, one: StaticPagesPod): k8s.PodSpec {
  const health = { httpGet: { path: '/healthz', port: k8s.IntOrString.fromString(one.portName) } };
  return context._pod({
    uid: one.image.uid,
    affinity: apartAffinity(one.selector),
    containers: [
      {
        name: one.container,
        image: context.image(one.image),
        resources: one.resources,
        // The image's entry point would write a configuration of its own.
        command: ['nginx', '-e', 'stderr', '-c', `${CONFIG}/nginx.conf`],
        ports: [{ name: one.portName, containerPort: PAGES_PORT }],
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
    volumes: [configVolume('config', one.configName), scratch('tmp', '8Mi')],
  });
}
