import { apartAffinity, besideAffinity, nearAffinity } from '../../../lib/kubernetes/workloads/affinity';

it('keeps a pod on the node of others, and lets it run nowhere else', () => {
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

it('prefers the node of others, and takes another one where there is no room', () => {
  const [{ weight, podAffinityTerm }] =
    nearAffinity({ app: 'agent' }).podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  expect(weight).toBe(100);
  expect(podAffinityTerm).toEqual({
    topologyKey: 'kubernetes.io/hostname',
    labelSelector: { matchLabels: { app: 'agent' } },
  });
});

it('prefers another node than that of others, and takes the same where there is no other', () => {
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
