import { DrillJob } from '../../../../lib/backups/jobs/drill/drill-job';
import { type BackedUpSystem, factsOf, IN_STORE, podOfJob } from '../../../support/backup-parts';
import type { Manifest } from '../../../support/manifests';
import { refusals } from '../../../support/schemas';

const NAME = 'matrix-restore-drill';

function rendered(changes: BackedUpSystem = {}) {
  const { chart, facts, plan, get, keys } = factsOf(changes);
  new DrillJob(chart, 'Drill', { facts, schedule: plan.schedules.drill });
  return { keys: keys(), job: get('CronJob', NAME), policy: get('NetworkPolicy', NAME).spec as Manifest };
}

const sidecarsOf = (job: Manifest) =>
  podOfJob(job)
    .initContainers.filter(({ restartPolicy }: Manifest) => restartPolicy === 'Always')
    .map(({ name }: Manifest) => name);

it('renders a job with closed policies, and no access to the running system', () => {
  expect(rendered().keys).toEqual([`NetworkPolicy ${NAME}`, `CronJob ${NAME}`]);
});

it('runs every week for at most four hours, without retries', () => {
  const { spec } = rendered().job;
  expect([spec.schedule, spec.suspend]).toEqual(['30 4 * * 0', undefined]);
  expect(spec.jobTemplate.spec).toMatchObject({ activeDeadlineSeconds: 4 * 3600, backoffLimit: 0 });
});

it('is gone a day later, with what it restored', () => {
  expect(rendered().job.spec.jobTemplate.spec.ttlSecondsAfterFinished).toBe(24 * 3600);
});

it('runs PostgreSQL and Synapse beside the check, as valid sidecars', () => {
  const { job } = rendered();
  expect(sidecarsOf(job)).toEqual(['postgres', 'synapse']);
  expect(refusals(job)).toEqual([]);
});

it('runs no servers when the database is managed elsewhere', () => {
  const { job } = rendered({ managed: true });
  expect(sidecarsOf(job)).toEqual([]);
  expect(refusals(job)).toEqual([]);
});

it.each([false, true])('connects to nothing when the repository is on the claim (managed database: %p)', (managed) => {
  const { policy } = rendered({ managed });
  expect(policy.policyTypes).toEqual(['Ingress', 'Egress']);
  expect([policy.ingress, policy.egress]).toEqual([undefined, undefined]);
});

it('connects to an off-site repository and the name server, and still nothing to it', () => {
  const { ingress, egress } = rendered({ repository: IN_STORE }).policy;
  expect(ingress).toBeUndefined();
  expect(egress).toHaveLength(2);
  expect(egress[1].ports).toEqual([{ port: 443, protocol: 'TCP' }]);
});
