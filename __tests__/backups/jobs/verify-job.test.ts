import { VerifyJob } from '../../../lib/backups/jobs/verify-job';
import {
  type BackedUpSystem,
  expectOnlyEgress,
  factsOf,
  IN_STORE,
  podOfJob,
  REPOSITORY_ONLY,
  secretsIn,
} from '../../support/backup-parts';
import { containersOf } from '../../support/manifests';

function rendered(changes: BackedUpSystem = {}) {
  const { chart, facts, get } = factsOf(changes);
  new VerifyJob(chart, 'Verify', { facts });
  const job = get('CronJob', 'matrix-backup-verify');
  const policy = get('NetworkPolicy', 'matrix-backup-verify').spec;
  return { job: job.spec, policy, containers: containersOf({ spec: podOfJob(job) }) };
}

it('runs only by hand, for at most 24 hours, without retries', () => {
  const { job } = rendered();
  expect([job.schedule, job.suspend]).toEqual(['@yearly', true]);
  expect(job.jobTemplate.spec).toMatchObject({ activeDeadlineSeconds: 24 * 3600, backoffLimit: 0 });
});

it('uses the credentials that cannot remove backups', () => {
  const [tools, verify] = rendered({ repository: IN_STORE }).containers;
  expect([tools.name, verify.name, verify.command.slice(3)]).toEqual(['tools', 'verify', ['verify']]);
  expect(secretsIn(verify)).toEqual(['writer']);
});

it.each(REPOSITORY_ONLY)('connects to %s, and nothing to it', (_, changes, ports) => {
  expectOnlyEgress(rendered(changes).policy, ports);
});
