import { RestoreJob } from '../../../lib/backups/jobs/restore-job';
import { SecretKey } from '../../../lib/kubernetes/secret-key';
import { type BackedUpSystem, egressPorts, factsOf, IN_STORE, podOfJob } from '../../support/backup-parts';
import type { Manifest } from '../../support/manifests';

function rendered(changes: BackedUpSystem = {}) {
  const { chart, facts, get, keys } = factsOf(changes);
  const name = `${changes.system?.namePrefix ?? ''}matrix-restore`;
  new RestoreJob(chart, 'Restore', { facts });
  const { rules }: { rules: Manifest[] } = get('Role', name);
  const job = get('CronJob', name);
  return { facts, rules, job: job.spec, pod: podOfJob(job), policy: get('NetworkPolicy', name).spec, keys: keys() };
}

it('renders a suspended job with its own rights', () => {
  expect(rendered().keys).toEqual([
    'NetworkPolicy matrix-restore',
    'ServiceAccount matrix-restore',
    'Role matrix-restore',
    'RoleBinding matrix-restore',
    'CronJob matrix-restore',
  ]);
});

it('runs only by hand, without retries, for at most a day', () => {
  const { job, pod } = rendered();
  expect(job).toMatchObject({ suspend: true, concurrencyPolicy: 'Forbid' });
  expect(job.jobTemplate.spec).toMatchObject({ backoffLimit: 0, activeDeadlineSeconds: 24 * 3600 });
  expect(pod.serviceAccountName).toBe('matrix-restore');
});

const rule = (apiGroup: string, resource: string, verbs: string[], name?: string) => ({
  apiGroups: [apiGroup],
  resources: [resource],
  ...(name ? { resourceNames: [name] } : {}),
  verbs,
});
const secret = (name: string) => rule('', 'secrets', ['get', 'patch'], name);

it('may check that everything is down, restore exactly the Secrets of a backup, and delete the choice', () => {
  expect(rendered().rules).toEqual([
    rule('apps', 'deployments', ['get'], 'matrix-synapse'),
    rule('apps', 'statefulsets', ['get'], 'matrix-postgres'),
    rule('', 'pods', ['list']),
    ...['vault-identity', 'vault-synapse', 'database'].map(secret),
    rule('', 'secrets', ['create']),
    rule('', 'configmaps', ['delete'], 'matrix-restore-choice'),
  ]);
});

it('may not read a StatefulSet when the database is managed elsewhere', () => {
  expect(rendered({ managed: true }).rules).toEqual([
    rule('apps', 'deployments', ['get'], 'matrix-synapse'),
    rule('', 'pods', ['list']),
    ...['vault-identity', 'vault-synapse', 'managed'].map(secret),
    rule('', 'secrets', ['create']),
    rule('', 'configmaps', ['delete'], 'matrix-restore-choice'),
  ]);
});

it('may restore further Secrets, and optional ones', () => {
  const { rules } = rendered({
    secrets: { oldSigningKeys: SecretKey.fromSecretName('vault-earlier', 'old.yaml') },
    furtherSecrets: [SecretKey.fromSecretName('admin', 'password')],
  });
  expect(rules).toEqual(expect.arrayContaining(['vault-earlier', 'admin'].map(secret)));
});

it('connects to Kubernetes only: the database is down', () => {
  const { policy } = rendered();
  expect(policy.ingress).toBeUndefined();
  expect(egressPorts(policy)).toEqual([443, 6443]);
});

it('connects to a store and the name server too when the repository is there', () => {
  const { policy } = rendered({ repository: IN_STORE });
  expect(policy.ingress).toBeUndefined();
  expect(policy.egress).toHaveLength(3);
  expect(egressPorts(policy)).toEqual(expect.arrayContaining([53, 443, 6443]));
});

it('knows the names of a second system', () => {
  const { rules } = rendered({ system: { namePrefix: 'second-' } });
  const names: string[] = rules.flatMap(({ resourceNames = [] }) => resourceNames);
  expect(names.filter((name) => name.startsWith('second-'))).toEqual([
    'second-matrix-synapse',
    'second-matrix-postgres',
    'second-matrix-restore-choice',
  ]);
});
