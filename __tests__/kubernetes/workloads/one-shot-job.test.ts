import { Testing } from 'cdk8s';
import { type JobProps, renderJob } from '../../../lib/kubernetes/workloads/one-shot-job';
import { emptyChart } from '../../support/parts';

const BASE: JobProps = {
  identity: { app: 'second-matrix-task', component: 'task', namePrefix: 'second-' },
  name: 'matrix-task',
  files: { 'task.py': 'pass\n' },
  pod: { containers: [{ name: 'task', image: 'example.org/task:1' }] },
  retries: 3,
};

function job(props: Partial<JobProps> = {}) {
  const chart = emptyChart();
  renderJob(chart, { ...BASE, ...props });
  return Testing.synth(chart)[0];
}

it('runs the pod, as often as it was said', () => {
  const { metadata, spec } = job();
  expect(metadata.name).toMatch(/^second-matrix-task-[0-9a-f]{8}$/);
  expect(spec).toEqual({ backoffLimit: 3, template: { metadata: { labels: metadata.labels }, spec: BASE.pod } });
});

it('is another one when its files or its pod change, and the same when nothing does', () => {
  const { name } = job().metadata;
  expect(job().metadata.name).toBe(name);
  expect(job({ files: { 'task.py': 'raise SystemExit\n' } }).metadata.name).not.toBe(name);
  expect(job({ pod: { ...BASE.pod, restartPolicy: 'Never' } }).metadata.name).not.toBe(name);
});

it('fails when the prefix leaves no room for the content', () => {
  const identity = { ...BASE.identity, namePrefix: `${'a'.repeat(50)}-` };
  expect(() => job({ identity })).toThrow('use a prefix of at most');
});
