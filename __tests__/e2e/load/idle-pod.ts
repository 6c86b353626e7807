import type { Image } from '../../../lib/kubernetes/images/image';
import { kubectl } from '../support/kubectl';

/** Volumes of an idle pod, and where it mounts them. */
interface Mounts {
  readonly volumes: object[];
  readonly volumeMounts: object[];
}

/** Starts a pod that does nothing, for programs that are run in it. */
export async function startIdlePod(
  namespace: string,
  name: string,
  { reference, uid }: Image,
  { volumes, volumeMounts }: Mounts = { volumes: [], volumeMounts: [] },
): Promise<void> {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    // The edge lets it in as a service of the platform.
    metadata: { name, namespace, labels: { app: 'userservice' } },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      securityContext: { runAsNonRoot: true, runAsUser: uid, fsGroup: uid, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name,
          image: reference,
          command: ['sleep', '86400'],
          // Without a request it would wait for all others, and what it measures with it.
          resources: { requests: { cpu: '50m' } },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          volumeMounts,
        },
      ],
      volumes,
    },
  };
  await kubectl(['apply', '-f', '-'], JSON.stringify(pod));
  await kubectl(['wait', '--for=condition=Ready', `pod/${name}`, '-n', namespace, '--timeout=120s']);
}
