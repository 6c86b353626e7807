import { judgeNode, judgeRoom, leftOn, type Node, requestsOf } from '../../../../cli/doctor/workloads/nodes';

const container = (cpu: string, memory: string, restartPolicy?: string) => ({
  name: 'one',
  image: '',
  restartPolicy,
  resources: { requests: { cpu, memory } },
});
const node = (conditions: { type: string; status: string }[] = []): Node => ({
  kind: 'Node',
  metadata: { name: 'one', creationTimestamp: '' },
  spec: {},
  status: { allocatable: { cpu: '2', memory: '4Gi' }, conditions },
});

it('a pod requests what runs together, or its largest step', () => {
  const steps = { containers: [container('100m', '1Gi')], initContainers: [container('50m', '3Gi')] };
  expect(requestsOf(steps)).toEqual({ cpu: 0.1, memory: 3 * 2 ** 30 });
  const sidecar = { containers: [container('1', '1Gi')], initContainers: [container('1', '2Gi', 'Always')] };
  expect(requestsOf(sidecar)).toEqual({ cpu: 2, memory: 3 * 2 ** 30 });
});

it('pods that have ended, or run elsewhere, take no room', () => {
  const pod = (nodeName: string, phase: string) => ({
    kind: 'Pod',
    metadata: { name: 'p', creationTimestamp: '' },
    spec: { nodeName, containers: [container('500m', '1Gi')] },
    status: { phase },
  });
  const pods = [pod('one', 'Running'), pod('one', 'Succeeded'), pod('other', 'Running')];
  expect(leftOn(node(), pods)).toEqual({ cpu: 1.5, memory: 3 * 2 ** 30 });
});

it('names jobs that fit on no node', () => {
  const cronJob = (memory: string) => ({
    kind: 'CronJob',
    metadata: { name: 'matrix-restore-drill', creationTimestamp: '' },
    spec: { jobTemplate: { spec: { template: { spec: { containers: [container('1', memory)] } } } } },
  });
  // Two nodes with half the room each are not one with room.
  const rooms = [
    { cpu: 2, memory: 2 ** 30 },
    { cpu: 2, memory: 2 ** 30 },
  ];
  expect(judgeRoom(rooms, [cronJob('1Gi')])).toEqual([]);
  expect(judgeRoom(rooms, [cronJob('2Gi')]).map(({ says }) => says)).toEqual([
    'no node has room for matrix-restore-drill, which requests 1.0 cores and 2 GiB',
  ]);
});

it.each([
  [{ type: 'Ready', status: 'True' }, []],
  [{ type: 'Ready', status: 'Unknown' }, ['node one: not ready']],
  [{ type: 'MemoryPressure', status: 'False' }, []],
  [{ type: 'MemoryPressure', status: 'True' }, ['node one: MemoryPressure']],
])('judges a node by %j', (condition, says) => {
  expect(judgeNode(node([condition])).map((found) => found.says)).toEqual(says);
});
