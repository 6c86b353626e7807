import { fileBeside } from '../files';
import type { k8s } from '../k8s';
import { SecretKey } from '../secret-key';
import type { HardenedContainerProps } from './hardened-pod';
import { secretsVolume } from './volumes';

/** The script, for the ConfigMap that the container has its files from. */
export const RESTART_ON_CHANGE_SH = fileBeside(__dirname, 'restart-on-change.sh');

const NAME = 'watched';
const FOLDER = '/watched';

/**
 * A container that starts anew by itself when a Secret changes that it reads in its environment or in one of the folders.
 *
 * The pod stays, with its address and its volumes. Its volumes need {@link watchedVolume}, for what is in the environment.
 *
 * @param script where {@link RESTART_ON_CHANGE_SH} is in the container.
 * @throws when the container has no command: its image's own is not known here.
 * @see https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-files-from-a-pod
 */
export function restartOnChange(
  container: HardenedContainerProps,
  script: string,
  ...folders: string[]
): HardenedContainerProps {
  const { name, command } = container;
  if (!command) {
    throw new Error(`container '${name}' has no command that could be started again: write that of its image`);
  }
  return {
    ...container,
    command: ['/bin/sh', script, FOLDER, ...folders, '--', ...command],
    volumeMounts: [...(container.volumeMounts ?? []), { name: NAME, mountPath: FOLDER, readOnly: true }],
  };
}

/** The Secrets in the environment of a container as files too: a variable keeps the value it had when the container was started. */
export function watchedVolume({ env = [] }: HardenedContainerProps): k8s.Volume {
  const secrets = env.flatMap(({ name, valueFrom }) => {
    const { name: secretName, key } = valueFrom?.secretKeyRef ?? {};
    return secretName && key ? [[name, SecretKey.fromSecretName(secretName, key)] as const] : [];
  });
  return secretsVolume(NAME, Object.fromEntries(secrets));
}
