import { besideAffinity } from '../../lib/kubernetes/affinity';

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
