import { ListJob } from '../../../lib/backups/jobs/list-job';
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
  new ListJob(chart, 'List', { facts });
  const job = get('CronJob', 'matrix-backup-list');
  const policy = get('NetworkPolicy', 'matrix-backup-list').spec;
  return { job: job.spec, policy, containers: containersOf({ spec: podOfJob(job) }) };
}

it('runs only by hand, for at most an hour, without retries', () => {
  const { job } = rendered();
  expect([job.schedule, job.suspend]).toEqual(['@yearly', true]);
  expect(job.jobTemplate.spec).toMatchObject({ activeDeadlineSeconds: 1 * 3600, backoffLimit: 0 });
});

it('uses the credentials that cannot remove backups', () => {
  const [tools, list] = rendered({ repository: IN_STORE }).containers;
  expect([tools.name, list.name, list.command.slice(3)]).toEqual(['tools', 'list', ['list']]);
  expect(secretsIn(list)).toEqual(['writer']);
});

it.each(REPOSITORY_ONLY)('connects to %s, and nothing to it', (_, changes, ports) => {
  expectOnlyEgress(rendered(changes).policy, ports);
});
