import { apartAffinity, besideAffinity } from '../../lib/kubernetes/affinity';

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
