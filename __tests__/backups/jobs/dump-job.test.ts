import type { OwnDatabase } from '../../../lib/backups/backup-facts';
import { DumpJob, dumpPod } from '../../../lib/backups/jobs/dump-job';
import type { Schedule } from '../../../lib/kubernetes/schedule';
import { type BackedUpSystem, expectOnlyEgress, factsOf, IN_STORE, secretsIn } from '../../support/backup-parts';
import { containersOf } from '../../support/manifests';

function rendered(changes: BackedUpSystem = {}) {
  const { chart, facts, plan, get, keys } = factsOf(changes);
  const database = facts.ownDatabase as OwnDatabase;
  new DumpJob(chart, 'Dump', { facts, database, schedule: plan.schedules.dump as Schedule });
  return {
    pod: dumpPod(facts, database),
    database,
    keys: keys(),
    job: get('CronJob', 'matrix-backup-dump').spec,
    policy: get('NetworkPolicy', 'matrix-backup-dump').spec,
  };
}

it('runs every week for at most six hours, without retries', () => {
  const { keys, job } = rendered();
  expect(keys).toEqual(['NetworkPolicy matrix-backup-dump', 'CronJob matrix-backup-dump']);
  expect([job.schedule, job.suspend]).toEqual(['30 5 * * 6', undefined]);
  expect(job.jobTemplate.spec).toMatchObject({ activeDeadlineSeconds: 6 * 3600, backoffLimit: 0 });
});

it('dumps the database, and stores it', () => {
  const { pod, database } = rendered({ repository: IN_STORE });
  const [tools, dump, store] = containersOf({ spec: pod });
  expect([tools.name, dump.name, store.name]).toEqual(['tools', 'dump', 'store']);
  expect(dump.command).toEqual(['/bin/bash', '/program/matrix_backups/dump-database.sh']);
  expect([dump.image, secretsIn(dump)]).toEqual([database.backup.image, ['database']]);
  expect(store.command).toEqual(['python3', '-m', 'matrix_backups', 'dump', 'store']);
  expect(secretsIn(store)).toEqual(['writer']);
});

it.each<[string, BackedUpSystem, number[]]>([
  ['the database', {}, [53, 53, 5432]],
  ['the database and a store', { repository: IN_STORE }, [53, 53, 5432, 443]],
])('connects to %s, and nothing to it', (_, changes, ports) => {
  expectOnlyEgress(rendered(changes).policy, ports);
});
