import type { k8s } from '../kubernetes/k8s';
import type { IWorkloadContext } from '../kubernetes/workload-context';
import { resources } from '../kubernetes/workloads/resources';
import { configVolume } from '../kubernetes/workloads/volumes';
import { PYTHON } from '../python/python';
import { SYNAPSE_IMAGE } from '../python/synapse-image';

/**
 * Returns the pod of a program that changes Secrets according to /config/plan.json.
 *
 * @param name name of the service account and of the ConfigMap.
 */
export function secretsPod(
  context: IWorkloadContext,
  name: string,
  restartPolicy: string,
  container: string,
  script: string,
  ...args: string[]
): k8s.PodSpec {
  return context._pod({
    uid: SYNAPSE_IMAGE.uid,
    serviceAccountName: name,
    restartPolicy,
    containers: [
      {
        name: container,
        image: context.image(SYNAPSE_IMAGE),
        resources: resources(20, 48, 128),
        command: ['python3', `/config/${script}`, '/config/plan.json', ...args],
        env: PYTHON,
        volumeMounts: [{ name: 'config', mountPath: '/config', readOnly: true }],
        withToken: true,
      },
    ],
    volumes: [configVolume('config', name)],
  });
}
