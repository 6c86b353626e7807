import { JsonPatch, Testing } from 'cdk8s';
import { OneShotJob, type OneShotJobProps } from '../../../lib/kubernetes/workloads/one-shot-job';
import { configMapIn, emptyChart } from '../../support/parts';
import { refusals } from '../../support/schemas';

const FILES = { 'task.py': 'pass\n' };
const BASE: Omit<OneShotJobProps, 'configMaps'> = {
  workload: { app: 'second-matrix-task', component: 'task', namePrefix: 'second-' },
  name: 'matrix-task',
  pod: { restartPolicy: 'OnFailure', containers: [{ name: 'task', image: 'example.org/task:1' }] },
  retries: 3,
};

interface Changes extends Partial<OneShotJobProps> {
  readonly files?: { [name: string]: string };
}

function job({ files = FILES, ...props }: Changes = {}, ...patches: JsonPatch[]) {
  const chart = emptyChart();
  const configMaps = [configMapIn(chart, files)];
  new OneShotJob(chart, 'Job', { ...BASE, configMaps, ...props }).addJsonPatch(...patches);
  const manifest = Testing.synth(chart)[1];
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

it.each<[string, Changes]>([
  ['a file', { files: { 'task.py': 'raise SystemExit\n' } }],
  ['the name of a file', { files: { 'job.py': 'pass\n' } }],
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
  const patch = JsonPatch.add('/metadata/annotations/note', 'x');
  expect(job({}, patch).metadata.annotations).toMatchObject({ note: 'x' });
  expect(nameOf({}, patch)).toBe(nameOf());
});

it('reads its ConfigMaps at synthesis, so that a patch of one gives it another name', () => {
  const chart = emptyChart();
  const config = configMapIn(chart, FILES);
  const late = new OneShotJob(chart, 'Job', { ...BASE, configMaps: [config] });
  expect(late.toJson().metadata.name).toBe(nameOf());
  config.addJsonPatch(JsonPatch.replace('/data/task.py', 'raise SystemExit\n'));
  expect(late.toJson().metadata.name).toBe(nameOf({ files: { 'task.py': 'raise SystemExit\n' } }));
});

it('lets Argo CD and Flux replace it when an overlay changes its pod and keeps its name', () => {
  expect(job().metadata.annotations).toEqual({
    'argocd.argoproj.io/sync-options': 'Force=true,Replace=true',
    'kustomize.toolkit.fluxcd.io/force': 'enabled',
  });
});

it('limits the prefix so that the name with its hash fits', () => {
  const room = 63 - 'matrix-task-12345678'.length;
  const withPrefix = (length: number) => ({ workload: { ...BASE.workload, namePrefix: 'a'.repeat(length) } });
  expect(nameOf(withPrefix(room))).toHaveLength(63);
  expect(() => job(withPrefix(room + 1))).toThrow(`use a prefix of at most ${room} characters`);
});
