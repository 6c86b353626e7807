import { PruneJob } from '../../../lib/backups/jobs/prune-job';
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
  const { chart, facts, plan, get, keys } = factsOf(changes);
  new PruneJob(chart, 'Prune', { facts, schedule: plan.schedules.prune });
  const job = get('CronJob', 'matrix-backup-prune');
  const policy = get('NetworkPolicy', 'matrix-backup-prune').spec;
  return { keys: keys(), job: job.spec, policy, containers: containersOf({ spec: podOfJob(job) }) };
}

it('runs every night for at most twelve hours, without retries', () => {
  const { keys, job } = rendered();
  expect(keys).toEqual(['NetworkPolicy matrix-backup-prune', 'CronJob matrix-backup-prune']);
  expect([job.schedule, job.suspend]).toEqual(['30 3 * * *', undefined]);
  expect(job.jobTemplate.spec).toMatchObject({ activeDeadlineSeconds: 12 * 3600, backoffLimit: 0 });
});

it('uses the credentials that may remove backups', () => {
  const [tools, prune] = rendered({ repository: IN_STORE }).containers;
  expect([tools.name, prune.name, prune.command.slice(3)]).toEqual(['tools', 'prune', ['prune']]);
  expect(secretsIn(prune)).toEqual(['pruner']);
});

it.each(REPOSITORY_ONLY)('connects to %s, and nothing to it', (_, changes, ports) => {
  expectOnlyEgress(rendered(changes).policy, ports);
});
