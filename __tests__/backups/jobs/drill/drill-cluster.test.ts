import type { RecoverableDatabase } from '../../../../lib/backups/backup-facts';
import { CLUSTER_SIDECARS, drillCluster } from '../../../../lib/backups/jobs/drill/drill-cluster';
import { DrillJob } from '../../../../lib/backups/jobs/drill/drill-job';
import { BACKED_UP_BY_OPERATOR, factsOf, IN_STORE, mountOf, podOfJob, valuesOf } from '../../../support/backup-parts';
import { containersOf, type Manifest } from '../../../support/manifests';
import { refusals } from '../../../support/schemas';

const NAME = 'matrix-restore-drill';
const { chart, facts, plan, get, keys } = factsOf({ replicated: BACKED_UP_BY_OPERATOR, repository: IN_STORE });
new DrillJob(chart, 'Drill', { facts, schedule: plan.schedules.drill });
const job = get('CronJob', NAME);
const pod = podOfJob(job);
const steps = containersOf({ spec: pod });
const step = (name: string): Manifest => steps.find((one) => one.name === name) as Manifest;
const namesOf = (having: (one: Manifest) => unknown) => steps.filter(having).map(({ name }) => name);

it('has the operator restore, examines the result, and removes it however the drill ends', () => {
  expect(steps.map(({ name }) => name)).toEqual([
    'tools',
    'fetch',
    'removal',
    'recover',
    'examine',
    'synapse',
    'check',
  ]);
  expect(namesOf(({ restartPolicy }) => restartPolicy === 'Always')).toEqual(CLUSTER_SIDECARS);
  expect(pod.terminationGracePeriodSeconds).toBe(120);
  expect(refusals(job)).toEqual([]);
});

it('may make clusters, and see and remove only its own', () => {
  const { rules } = get('Role', NAME);
  const drill = 'matrix-database-drill';
  const core = (resource: string, kind: string) => ({
    apiGroups: [''],
    resources: [resource],
    resourceNames: [`${drill}-${kind}`],
    verbs: ['get'],
  });
  const clusters = { apiGroups: ['postgresql.cnpg.io'], resources: ['clusters'] };
  expect(rules).toEqual([
    { ...clusters, verbs: ['create'] },
    { ...clusters, resourceNames: [drill], verbs: ['get', 'delete'] },
    ...['1', '1-wal'].map((kind) => core('persistentvolumeclaims', kind)),
    { apiGroups: ['batch'], resources: ['jobs'], resourceNames: [`${drill}-1-full-recovery`], verbs: ['get'] },
    ...['app', 'superuser', 'ca'].map((kind) => core('secrets', kind)),
  ]);
});

it('connects to the API, both databases and the repository, and nothing connects to it', () => {
  const { ingress, egress } = get('NetworkPolicy', NAME).spec;
  expect(ingress).toBeUndefined();
  const ports = egress.map((rule: Manifest) => rule.ports.map(({ port }: Manifest) => port));
  expect(ports).toEqual([[53, 53, 5353, 5353], [443, 6443], [5432], [5432], [443]]);
  expect(keys()).toContain('NetworkPolicy matrix-database-drill');
});

it('lets only the drill and the operator connect to what is restored', () => {
  const { ingress } = get('NetworkPolicy', 'matrix-database-drill').spec;
  expect(ingress.map(({ ports }: Manifest) => ports[0].port)).toEqual([8000, 5432]);
  expect(ingress[1].from).toEqual([{ podSelector: { matchLabels: { app: NAME } } }]);
});

it('gives the token to no step that runs what comes from a backup', () => {
  expect(namesOf(({ volumeMounts }) => volumeMounts.some(({ name }: Manifest) => name === 'account-token'))).toEqual([
    'removal',
    'recover',
  ]);
});

it('gives the password of the running database only to the step that compares', () => {
  expect(namesOf((one) => mountOf(one, '/running'))).toEqual(['recover']);
  const files = pod.volumes.find(({ name }: Manifest) => name === 'running').projected.sources;
  expect(files.map(({ secret }: Manifest) => `${secret.name}/${secret.items[0].key}`)).toEqual([
    'matrix-database-app/password',
    'matrix-database-ca/ca.crt',
  ]);
});

it('connects to the restored database with what the operator made for it', () => {
  expect(namesOf((one) => mountOf(one, '/connection'))).toEqual(['recover', 'examine', 'synapse', 'check']);
  expect(valuesOf(step('examine'))).toEqual({
    PGHOST: 'matrix-database-drill-rw',
    PGPASSFILE: '/connection/passfile',
    PGSSLMODE: 'verify-full',
    PGSSLROOTCERT: '/connection/ca.crt',
    DATABASE_NAME: 'synapse',
    DATABASE_USER: 'synapse_user',
  });
  expect(step('examine').image).toContain('cloudnative-pg/postgresql');
});

it('needs no certificate of a database that has one from a public CA', () => {
  const { server, recovery } = facts.recoverable as RecoverableDatabase;
  const { volumes } = drillCluster(facts, { server: { ...server, tls: { mode: 'verify-full' } as never }, recovery });
  expect(volumes?.find(({ name }) => name === 'running')?.projected?.sources).toHaveLength(1);
});
