import { apartAffinity, besideAffinity, nearAffinity } from '../../../lib/kubernetes/workloads/affinity';

it('requires the node of other pods', () => {
  expect(besideAffinity({ app: 'matrix-postgres', tier: 'data' })).toEqual({
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        {
          topologyKey: 'kubernetes.io/hostname',
          labelSelector: { matchLabels: { app: 'matrix-postgres', tier: 'data' } },
        },
      ],
    },
  });
});

it('prefers the node of other pods', () => {
  const [{ weight, podAffinityTerm }] =
    nearAffinity({ app: 'agent' }).podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  expect(weight).toBe(100);
  expect(podAffinityTerm).toEqual({
    topologyKey: 'kubernetes.io/hostname',
    labelSelector: { matchLabels: { app: 'agent' } },
  });
});

it('prefers a node without the other pods', () => {
  expect(apartAffinity({ app: 'matrix-postgres' })).toEqual({
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 100,
          podAffinityTerm: {
            topologyKey: 'kubernetes.io/hostname',
            labelSelector: { matchLabels: { app: 'matrix-postgres' } },
          },
        },
      ],
    },
  });
});
