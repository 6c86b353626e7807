import type { ContainerState } from '../../../../cli/doctor/facts/pods';
import { judgePod } from '../../../../cli/doctor/workloads/pods';

const NOW = Date.parse('2026-01-31T12:00:00Z');
const command = (text: string) => `kubectl ${text}`;
const pod = (state: ContainerState, phase = 'Running', conditions: { type: string; status: string }[] = []) => ({
  kind: 'Pod',
  metadata: { name: 'matrix-edge-1', creationTimestamp: '2026-01-31T11:00:00Z' },
  spec: { containers: [] },
  status: {
    phase,
    conditions,
    containerStatuses: [{ name: 'edge', image: 'haproxy:0', ready: false, restartCount: 3, state }],
  },
});

it('is well when its container runs or has ended', () => {
  expect(judgePod(pod({}), command, NOW)).toEqual([]);
  expect(judgePod(pod({ terminated: { exitCode: 0 } }, 'Succeeded'), command, NOW)).toEqual([]);
});

it.each([
  ['CrashLoopBackOff', /edge ends again and again/, /logs matrix-edge-1 -c edge --previous/],
  ['ImagePullBackOff', /image haproxy:0 cannot be pulled/, /describe pod/],
  ['CreateContainerConfigError', /container edge: CreateContainerConfigError/, /describe pod/],
])('fails by %s', (reason, says, next) => {
  const [found] = judgePod(pod({ waiting: { reason } }), command, NOW);
  expect(found.verdict).toBe('fail');
  expect(found.says).toMatch(says);
  expect(found.next).toMatch(next);
});

it('fails when no node takes it', () => {
  const waiting = pod({}, 'Pending', [{ type: 'PodScheduled', status: 'False' }]);
  expect(judgePod(waiting, command, NOW)[0].says).toMatch(/has no node/);
});

it('may take its time to start, but not an hour', () => {
  const starting = pod({ waiting: { reason: 'ContainerCreating' } }, 'Pending');
  expect(judgePod(starting, command, Date.parse('2026-01-31T11:01:00Z'))).toEqual([]);
  expect(judgePod(starting, command, NOW)[0].says).toMatch(/has been starting for 60 minutes/);
});
