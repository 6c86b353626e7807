import { Duration } from 'cdk8s';
import { k8s } from '../../../lib/kubernetes/k8s';
import { labelsOf } from '../../../lib/kubernetes/metadata/labels';
import { Schedule } from '../../../lib/kubernetes/schedule';
import { hardenedPod } from '../../../lib/kubernetes/workloads/hardened-pod';
import { resources } from '../../../lib/kubernetes/workloads/resources';
import { ScheduledJob, type ScheduledJobProps } from '../../../lib/kubernetes/workloads/scheduled-job';
import { emptyChart, renderedIn } from '../../support/parts';
import { refusals } from '../../support/schemas';

const WORKLOAD = { app: 'second-matrix-backup', component: 'backup', namePrefix: 'second-' };
const container = (name: string) => ({ name, image: 'example.org/tool:v1' });
const POD: k8s.PodSpec = {
  restartPolicy: 'Never',
  initContainers: [container('postgres')],
  containers: [container('store')],
};

function rendered(props: Partial<ScheduledJobProps> = {}) {
  const chart = emptyChart();
  new ScheduledJob(chart, 'Default', { workload: WORKLOAD, deadline: Duration.minutes(1), pod: POD, ...props });
  return renderedIn(chart, 'CronJob', props.name ?? WORKLOAD.app);
}

it('minimal: is suspended, runs once and has a deadline', () => {
  const manifest = rendered();
  expect(refusals(manifest)).toEqual([]);
  const { jobTemplate, ...spec } = manifest.spec;
  expect(spec).toEqual({
    suspend: true,
    schedule: '@yearly',
    timeZone: 'Etc/UTC',
    concurrencyPolicy: 'Forbid',
    startingDeadlineSeconds: 3600,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 3,
  });
  expect(jobTemplate.spec).toMatchObject({ backoffLimit: 0, activeDeadlineSeconds: 60 });
  expect(jobTemplate.spec).not.toHaveProperty('ttlSecondsAfterFinished');
  expect(jobTemplate.spec.template.spec).toEqual(POD);
});

it('all props', () => {
  const props: Required<ScheduledJobProps> = {
    workload: WORKLOAD,
    name: 'second-matrix-other',
    schedule: Schedule.daily('02:00'),
    deadline: Duration.hours(1),
    retries: 2,
    pod: POD,
    timeToLive: Duration.days(1),
    sidecars: ['postgres'],
  };
  const manifest = rendered(props);
  expect(refusals(manifest)).toEqual([]);
  expect([manifest.metadata.name, manifest.metadata.labels.app]).toEqual(['second-matrix-other', WORKLOAD.app]);
  expect([manifest.spec.schedule, manifest.spec.suspend]).toEqual(['0 2 * * *', undefined]);
  const { spec } = manifest.spec.jobTemplate;
  expect([spec.backoffLimit, spec.activeDeadlineSeconds, spec.ttlSecondsAfterFinished]).toEqual([2, 3600, 86400]);
  expect(spec.template.spec.initContainers[0]).toMatchObject({ name: 'postgres', restartPolicy: 'Always' });
});

it.each([
  [undefined, { 'argocd.argoproj.io/ignore-healthcheck': 'true' }],
  [Schedule.daily('02:00'), undefined],
])('is left out of the health of an Argo CD Application only when it is suspended: %p', (schedule, annotations) => {
  expect(rendered({ schedule }).metadata.annotations).toEqual(annotations);
});

it('labels its Jobs and pods too', () => {
  const { metadata, spec } = rendered();
  const labels = labelsOf(WORKLOAD);
  expect(metadata).toMatchObject({ name: 'second-matrix-backup', labels });
  expect([spec.jobTemplate.metadata, spec.jobTemplate.spec.template.metadata]).toEqual([{ labels }, { labels }]);
});

it('adds additional labels and annotations only to its pods', () => {
  const workload = { ...WORKLOAD, podLabels: { team: 'chat' }, podAnnotations: { note: 'x' } };
  const { metadata, spec } = rendered({ workload });
  const labels = labelsOf(WORKLOAD);
  expect([metadata.labels, spec.jobTemplate.metadata]).toEqual([labels, { labels }]);
  expect(spec.jobTemplate.spec.template.metadata).toEqual({
    labels: { ...labels, team: 'chat' },
    annotations: { note: 'x' },
  });
});

describe('sidecars', () => {
  const tool = { image: 'example.org/tool:v1', resources: resources(10, 16, 32) };
  const pod = hardenedPod({
    uid: 70,
    restartPolicy: 'Never',
    initContainers: ['fetch', 'postgres', 'synapse'].map((name) => ({ ...tool, name })),
    containers: [{ ...tool, name: 'check' }],
  });
  const podWith = (...sidecars: string[]) => rendered({ pod, sidecars }).spec.jobTemplate.spec.template.spec;
  const policies = (...sidecars: string[]) =>
    podWith(...sidecars).initContainers.map((one: k8s.Container & { restartPolicy?: string }) => one.restartPolicy);

  it('run beside the other containers', () => {
    expect(policies('postgres', 'synapse')).toEqual([undefined, 'Always', 'Always']);
  });

  it('leave the pod unchanged when none is listed', () => {
    expect(policies()).toEqual([undefined, undefined, undefined]);
    expect(podWith()).toEqual(JSON.parse(JSON.stringify(k8s.toJson_PodSpec(pod))));
    expect(podWith().initContainers[0].resources).toMatchObject({
      requests: { cpu: '10m' },
      limits: { memory: '32Mi' },
    });
  });

  it.each([
    ['is not a container of the pod', 'valkey'],
    ['is a container that the pod ends with', 'check'],
  ])('fail when one %s', (_, name) => {
    const make = () => podWith('postgres', name);
    expect(make).toThrow(`'${name}' is not an init container of the pod`);
    expect(make).toThrow('list sidecars among the initContainers');
  });

  it('fail when the pod has no init containers', () => {
    expect(() => rendered({ pod: { containers: [] }, sidecars: ['synapse'] })).toThrow("'synapse'");
  });
});
