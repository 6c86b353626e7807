import type { k8s } from '../k8s';

const NODE = 'kubernetes.io/hostname';

/** On the same node as the pods with these labels, and nowhere else. */
export function besideAffinity(podLabels: { [key: string]: string }): k8s.Affinity {
  return {
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: NODE, labelSelector: { matchLabels: podLabels } },
      ],
    },
  };
}

/** On the same node as the pods with these labels, where there is room. */
export function nearAffinity(podLabels: { [key: string]: string }): k8s.Affinity {
  return { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [preferred(podLabels)] } };
}

/** On another node than the pods with these labels, where there is one. */
export function apartAffinity(podLabels: { [key: string]: string }): k8s.Affinity {
  return { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [preferred(podLabels)] } };
}

function preferred(podLabels: { [key: string]: string }): k8s.WeightedPodAffinityTerm {
  return { weight: 100, podAffinityTerm: { topologyKey: NODE, labelSelector: { matchLabels: podLabels } } };
}
