import { JsonPatch, Testing } from 'cdk8s';
import { OneShotJob, type OneShotJobProps } from '../../../lib/kubernetes/workloads/one-shot-job';
import { emptyChart } from '../../support/parts';
import { refusals } from '../../support/schemas';

const BASE: OneShotJobProps = {
  workload: { app: 'second-matrix-task', component: 'task', namePrefix: 'second-' },
  name: 'matrix-task',
  files: () => ({ 'task.py': 'pass\n' }),
  pod: { restartPolicy: 'OnFailure', containers: [{ name: 'task', image: 'example.org/task:1' }] },
  retries: 3,
};

function job(props: Partial<OneShotJobProps> = {}, ...patches: JsonPatch[]) {
  const chart = emptyChart();
  new OneShotJob(chart, 'Job', { ...BASE, ...props }).addJsonPatch(...patches);
  const [manifest] = Testing.synth(chart);
  expect(refusals(manifest)).toEqual([]);
  return manifest;
}
const nameOf = (...args: Parameters<typeof job>): string => job(...args).metadata.name;

it('runs the pod with the given number of retries, and is kept when it has finished', () => {
  const { metadata, spec } = job();
  expect(metadata.name).toMatch(/^second-matrix-task-[0-9a-f]{8}$/);
  expect(metadata.labels).toMatchObject({ app: 'second-matrix-task', 'app.kubernetes.io/component': 'task' });
  expect(spec).toEqual({ backoffLimit: 3, template: { metadata: { labels: metadata.labels }, spec: BASE.pod } });
});

it('has the same name while nothing in it changes', () => {
  expect(nameOf()).toBe(nameOf());
});

it.each<[string, Partial<OneShotJobProps>]>([
  ['a file', { files: () => ({ 'task.py': 'raise SystemExit\n' }) }],
  ['the name of a file', { files: () => ({ 'job.py': 'pass\n' }) }],
  ['its pod', { pod: { ...BASE.pod, restartPolicy: 'Never' } }],
  ['the number of retries', { retries: 4 }],
  ['a label of its pods', { workload: { ...BASE.workload, podLabels: { team: 'chat' } } }],
])('has another name when %s changes, because a Job cannot be changed', (_, props) => {
  expect(nameOf(props)).not.toBe(nameOf());
});

it('has another name when a JSON patch changes its pod, and renders the patch', () => {
  const patch = JsonPatch.add('/spec/template/spec/priorityClassName', 'low');
  expect(job({}, patch).spec.template.spec.priorityClassName).toBe('low');
  expect(nameOf({}, patch)).not.toBe(nameOf());
  expect(nameOf({}, patch)).toBe(nameOf({}, patch));
});

it('has the same name when a JSON patch changes only its annotations', () => {
  const patch = JsonPatch.add('/metadata/annotations', { note: 'x' });
  expect(job({}, patch).metadata.annotations).toEqual({ note: 'x' });
  expect(nameOf({}, patch)).toBe(nameOf());
});

it('reads its files at synthesis', () => {
  const files: { [name: string]: string } = {};
  const chart = emptyChart();
  const late = new OneShotJob(chart, 'Job', { ...BASE, files: () => files });
  const before = late.toJson().metadata.name;
  files['task.py'] = 'pass\n';
  expect(late.toJson().metadata.name).not.toBe(before);
  expect(late.toJson().metadata.name).toBe(nameOf());
});

it('limits the prefix so that the name with its hash fits', () => {
  const room = 63 - 'matrix-task-12345678'.length;
  const withPrefix = (length: number) => ({ workload: { ...BASE.workload, namePrefix: 'a'.repeat(length) } });
  expect(nameOf(withPrefix(room))).toHaveLength(63);
  expect(() => job(withPrefix(room + 1))).toThrow(`use a prefix of at most ${room} characters`);
});
