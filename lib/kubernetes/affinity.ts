import type { k8s } from './k8s';

/** On the same node as the pods with these labels, and nowhere else. */
export function besideAffinity(podLabels: { [key: string]: string }): k8s.Affinity {
  return {
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: podLabels } },
      ],
    },
  };
}
