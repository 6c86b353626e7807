import type { k8s } from '../k8s';

const NODE = 'kubernetes.io/hostname';

/** Requires the same node as the pods with these labels. */
export function besideAffinity(podLabels: { [key: string]: string }): k8s.Affinity {
  return {
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: NODE, labelSelector: { matchLabels: podLabels } },
      ],
    },
  };
}

/** Prefers the same node as the pods with these labels. */
export function nearAffinity(podLabels: { [key: string]: string }): k8s.Affinity {
  return { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [preferred(podLabels)] } };
}

/** Prefers a different node from the pods with these labels. */
export function apartAffinity(podLabels: { [key: string]: string }): k8s.Affinity {
  return { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [preferred(podLabels)] } };
}

function preferred(podLabels: { [key: string]: string }): k8s.WeightedPodAffinityTerm {
  return { weight: 100, podAffinityTerm: { topologyKey: NODE, labelSelector: { matchLabels: podLabels } } };
}
