import type { k8s } from '../../../lib/kubernetes/k8s';
import { labelsOf } from '../../../lib/kubernetes/metadata/labels';
import { type CronJobProps, renderCronJob } from '../../../lib/kubernetes/workloads/scheduled-job';
import { emptyChart, renderedIn } from '../../support/parts';
import { refusals } from '../../support/schemas';

const IDENTITY = { app: 'second-matrix-backup', component: 'backup', namePrefix: 'second-' };
const container = (name: string) => ({ name, image: 'example.org/tool:v1' });
const POD: k8s.PodSpec = {
  restartPolicy: 'Never',
  initContainers: [container('postgres')],
  containers: [container('store')],
};

function rendered(props: Partial<CronJobProps> = {}) {
  const chart = emptyChart();
  renderCronJob(chart, 'Default', { identity: IDENTITY, deadline: 60, pod: POD, ...props });
  return renderedIn(chart, 'CronJob', props.name ?? IDENTITY.app);
}

it('minimal: runs by hand alone, is tried once and ends in time', () => {
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
  const props: Required<CronJobProps> = {
    identity: IDENTITY,
    name: 'second-matrix-other',
    schedule: '0 2 * * *',
    deadline: 3600,
    retries: 2,
    pod: POD,
    timeToLive: 86400,
    sidecars: ['postgres'],
  };
  const manifest = rendered(props);
  expect(refusals(manifest)).toEqual([]);
  expect([manifest.metadata.name, manifest.metadata.labels.app]).toEqual(['second-matrix-other', IDENTITY.app]);
  expect([manifest.spec.schedule, manifest.spec.suspend]).toEqual(['0 2 * * *', undefined]);
  const { spec } = manifest.spec.jobTemplate;
  expect([spec.backoffLimit, spec.activeDeadlineSeconds, spec.ttlSecondsAfterFinished]).toEqual([2, 3600, 86400]);
  expect(spec.template.spec.initContainers[0]).toMatchObject({ name: 'postgres', restartPolicy: 'Always' });
});

it('says on jobs and pods too whose they are', () => {
  const { metadata, spec } = rendered();
  const labels = labelsOf(IDENTITY);
  expect(metadata).toMatchObject({ name: 'second-matrix-backup', labels });
  expect([spec.jobTemplate.metadata, spec.jobTemplate.spec.template.metadata]).toEqual([{ labels }, { labels }]);
});

it('fails when a sidecar is no container of the pod', () => {
  expect(() => rendered({ sidecars: ['synapse'] })).toThrow("'synapse' is no init container of the pod");
});
