import { Testing } from 'cdk8s';
import type { BackupContext } from '../../../lib/backups/jobs/backup-context';
import { renderJobs } from '../../../lib/backups/jobs/jobs';
import { backupContext, IN_STORE, secretsIn, valuesOf } from '../../support/backups';
import { containersOf, keyOf, type Manifest } from '../../support/manifests';
import { renderedIn } from '../../support/parts';

const NAMES = {
  backup: 'matrix-backup',
  prune: 'matrix-backup-prune',
  dump: 'matrix-backup-dump',
  verify: 'matrix-backup-verify',
  list: 'matrix-backup-list',
};
const ALL = Object.values(NAMES);
const SCHEDULES = { backup: '0 2 * * *', prune: '30 3 * * *', drill: '30 4 * * 0', dump: '30 5 * * 6' };
const HOUR = 3600;

function rendered(props: Partial<BackupContext> = {}) {
  const { chart, context } = backupContext(props);
  const before = Testing.synth(chart).map(keyOf);
  const retention = { keepDaily: 7, keepWeekly: 4, keepMonthly: 3 };
  renderJobs(chart, context, { names: NAMES, schedules: SCHEDULES, retention, checkDays: 14 });
  const keys = Testing.synth(chart).map(keyOf);
  return {
    keys: keys.filter((key) => !before.includes(key)),
    job: (name: string): Manifest => renderedIn(chart, 'CronJob', name).spec,
    policy: (name: string): Manifest => renderedIn(chart, 'NetworkPolicy', name).spec,
  };
}

const { keys, job, policy } = rendered();
const stored = rendered({ repository: IN_STORE });
const podOf = ({ jobTemplate }: Manifest): Manifest => jobTemplate.spec.template;

it('renders each job with the doors it needs', () => {
  expect(keys).toEqual(ALL.flatMap((name) => [`NetworkPolicy ${name}`, `CronJob ${name}`]));
});

it.each([
  [NAMES.backup, '0 2 * * *', undefined, 6, 1],
  [NAMES.prune, '30 3 * * *', undefined, 12, 0],
  [NAMES.dump, '30 5 * * 6', undefined, 6, 0],
  [NAMES.verify, '@yearly', true, 24, 0],
  [NAMES.list, '@yearly', true, 1, 0],
])('%s runs at %s (suspended: %p), for at most %d hours, and is tried again %d times', (name, ...expected) => {
  const { schedule, suspend, jobTemplate } = job(name);
  const { activeDeadlineSeconds, backoffLimit } = jobTemplate.spec;
  expect([schedule, suspend, activeDeadlineSeconds / HOUR, backoffLimit]).toEqual(expected);
});

it.each([
  [NAMES.prune, 'pruner'],
  ...[NAMES.backup, NAMES.dump, NAMES.verify, NAMES.list].map((name) => [name, 'writer']),
])('%s comes to the repository as %s alone', (name, user) => {
  const secrets = containersOf(podOf(stored.job(name))).flatMap(secretsIn);
  expect([...new Set(secrets)].filter((secret) => secret !== 'database')).toEqual([user]);
});

it('prune knows what is kept, and in how many days all is read', () => {
  const [, prune] = containersOf(podOf(job(NAMES.prune)));
  expect(valuesOf(prune)).toMatchObject({ KEEP_DAILY: '7', KEEP_WEEKLY: '4', KEEP_MONTHLY: '3', CHECK_DAYS: '14' });
});

it.each(ALL)('nobody reaches %s, and it has no token', (name) => {
  expect(policy(name)).toMatchObject({ policyTypes: ['Ingress', 'Egress'] });
  expect(policy(name).ingress).toBeUndefined();
  expect(podOf(job(name)).spec).toMatchObject({ automountServiceAccountToken: false });
  expect(podOf(job(name)).spec.serviceAccountName).toBeUndefined();
});

const portsOf = (spec: Manifest): number[] =>
  (spec.egress ?? []).flatMap(({ ports }: Manifest) => ports.map(({ port }: Manifest) => port));

it.each([
  [NAMES.backup, [53, 53, 5432], [443]],
  [NAMES.dump, [53, 53, 5432], [443]],
  [NAMES.prune, [], [53, 53, 443]],
  [NAMES.verify, [], [53, 53, 443]],
  [NAMES.list, [], [53, 53, 443]],
])('%s reaches ports %j, and %j too when the repository is in a store', (name, always, further) => {
  const known = new Set([53, 443, 5432]);
  const some = (spec: Manifest) => portsOf(spec).filter((port) => known.has(port));
  expect(some(policy(name))).toEqual(always);
  expect(some(stored.policy(name)).sort()).toEqual([...always, ...further].sort());
});
