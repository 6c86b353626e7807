import { judgeClaim } from '../../../../cli/doctor/data/claims';

const claim = (phase: string) => ({
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'matrix-postgres-pvc', creationTimestamp: '' },
  status: { phase },
});

it.each([
  ['Bound', 0.5, 'ok'],
  ['Bound', 0.12, 'warn'],
  ['Bound', 0.05, 'fail'],
  ['Pending', 0.5, 'fail'],
  ['Bound', undefined, 'unknown'],
])('a claim that is %s with %s free: %s', (phase, free, verdict) => {
  const room = free === undefined ? undefined : { free: free * 2 ** 30, size: 2 ** 30 };
  expect(judgeClaim(claim(phase), room, (text) => text).verdict).toBe(verdict);
});
