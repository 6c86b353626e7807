import { fileBeside } from '../files';
import type { k8s } from '../k8s';
import { SecretKey } from '../secret-key';
import type { HardenedContainerProps } from './hardened-pod';
import { secretsVolume } from './volumes';

/** The script, for a ConfigMap that the container mounts. */
export const RESTART_ON_CHANGE_SH = fileBeside(__dirname, 'restart-on-change.sh');

const NAME = 'watched';
/** Folder with the Secrets of the container's environment, one file a variable. */
export const WATCHED = '/watched';
/** Mount of the volume that {@link watchedVolume} makes. */
export const WATCHED_MOUNT: k8s.VolumeMount = { name: NAME, mountPath: WATCHED, readOnly: true };

/**
 * Wraps a container so that it restarts when a Secret in its environment changes.
 *
 * The pod keeps its address and its volumes. Add {@link watchedVolume} to the pod's volumes to watch the environment.
 *
 * @param script path of {@link RESTART_ON_CHANGE_SH} in the container.
 * @throws when the container has no command, because the image's own command is not known here.
 * @see https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-files-from-a-pod
 */
export function restartOnChange(
  container: HardenedContainerProps,
  script: string,
): HardenedContainerProps & { readonly command: string[] } {
  const { name, command } = container;
  if (!command) {
    throw new Error(`container '${name}' has no command to restart: set the command of its image`);
  }
  return {
    ...container,
    command: ['/bin/sh', script, WATCHED, '--', ...command],
    volumeMounts: [...(container.volumeMounts ?? []), WATCHED_MOUNT],
  };
}

/** Mounts the Secrets of a container's environment as files too, because a variable never changes after the start. */
export function watchedVolume({ env = [] }: HardenedContainerProps): k8s.Volume {
  const secrets = env.flatMap(({ name, valueFrom }) => {
    const { name: secretName, key } = valueFrom?.secretKeyRef ?? {};
    return secretName && key ? [[name, SecretKey.fromSecretName(secretName, key)] as const] : [];
  });
  return secretsVolume(NAME, Object.fromEntries(secrets));
}
