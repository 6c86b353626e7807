import type { k8s } from '../kubernetes/k8s';
import type { ISecretKey } from '../kubernetes/secret-key';
import type { IWorkloadContext } from '../kubernetes/workload-context';
import type { Resources } from '../kubernetes/workloads/resources';
import { configVolume, secretsVolume } from '../kubernetes/workloads/volumes';
import { PYTHON } from './python';
import { SYNAPSE_IMAGE } from './synapse-image';

/** Folder of a program's secrets. */
export const SECRETS_FOLDER = '/secrets';

/** Props of {@link pythonPod}. */
export interface PythonPodProps {
  /** Name of the container. */
  readonly name: string;
  /** File with the program. */
  readonly program: string;
  /** ConfigMap with the program, what it imports and its settings. */
  readonly configMapName: string;
  /** Secrets, by file name in {@link SECRETS_FOLDER}. */
  readonly secrets: { [file: string]: ISecretKey };
  readonly resources: Resources;
  /** Further mounts. @default - none */
  readonly mounts?: k8s.VolumeMount[];
  /** Further volumes. @default - none */
  readonly volumes?: k8s.Volume[];
  /** @default - any node */
  readonly affinity?: k8s.Affinity;
}

/** The pod of a Job that runs one of the Python programs once, in Synapse's image. */
export function pythonPod(system: IWorkloadContext, props: PythonPodProps): k8s.PodSpec {
  return system._pod({
    uid: SYNAPSE_IMAGE.uid,
    // Failed pods stay, so that their logs can be read.
    restartPolicy: 'Never',
    affinity: props.affinity,
    containers: [
      {
        name: props.name,
        image: system.image(SYNAPSE_IMAGE),
        resources: props.resources,
        command: ['python3', `/config/${props.program}`],
        env: PYTHON,
        volumeMounts: [
          { name: 'config', mountPath: '/config', readOnly: true },
          { name: 'secrets', mountPath: SECRETS_FOLDER, readOnly: true },
          ...(props.mounts ?? []),
        ],
      },
    ],
    volumes: [
      configVolume('config', props.configMapName),
      secretsVolume('secrets', props.secrets),
      ...(props.volumes ?? []),
    ],
  });
}
