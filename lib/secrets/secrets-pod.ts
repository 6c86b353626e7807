import type { k8s } from '../kubernetes/k8s';
import type { IWorkloadContext } from '../kubernetes/workload-context';
import { type Resources, resources } from '../kubernetes/workloads/resources';
import { configVolume } from '../kubernetes/workloads/volumes';
import { PYTHON } from '../python/python';
import { SYNAPSE_IMAGE } from '../python/synapse-image';

/** How one of the programs that change Secrets runs. */
export interface SecretsPodProps {
  /** Name of the service account and of the ConfigMap. */
  readonly account: string;
  readonly container: string;
  readonly restartPolicy: string;
  /** File of the program in the ConfigMap. */
  readonly script: string;
  /** Words after the plan. @default - none */
  readonly args?: string[];
  /** Requests and limits. @default - enough for both programs */
  readonly resources?: Resources;
}

/** Returns the pod of a program that changes Secrets according to /config/plan.json. */
export function secretsPod(context: IWorkloadContext, props: SecretsPodProps): k8s.PodSpec {
  return context._pod({
    uid: SYNAPSE_IMAGE.uid,
    serviceAccountName: props.account,
    restartPolicy: props.restartPolicy,
    containers: [
      {
        name: props.container,
        image: context.image(SYNAPSE_IMAGE),
        resources: props.resources ?? resources(20, 48, 128),
        command: ['python3', `/config/${props.script}`, '/config/plan.json', ...(props.args ?? [])],
        env: PYTHON,
        volumeMounts: [{ name: 'config', mountPath: '/config', readOnly: true }],
        withToken: true,
      },
    ],
    volumes: [configVolume('config', props.account)],
  });
}
