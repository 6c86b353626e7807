import { Testing } from 'cdk8s';
import type { BackupContext } from '../../../lib/backups/jobs/backup-context';
import { secretsOf } from '../../../lib/backups/jobs/backup-pod';
import { renderRestore } from '../../../lib/backups/jobs/restore';
import { backupContext, IN_STORE } from '../../support/backups';
import { keyOf, type Manifest } from '../../support/manifests';
import { renderedIn } from '../../support/parts';

function rendered(props: Partial<BackupContext> = {}) {
  const { chart, context } = backupContext(props);
  const before = Testing.synth(chart).map(keyOf);
  const name = `${props.namePrefix ?? ''}matrix-restore`;
  renderRestore(chart, 'Restore', name, context);
  const { rules }: { rules: Manifest[] } = renderedIn(chart, 'Role', name);
  const keys = Testing.synth(chart).map(keyOf);
  return {
    context,
    rules,
    job: renderedIn(chart, 'CronJob', name).spec,
    policy: renderedIn(chart, 'NetworkPolicy', name).spec,
    keys: keys.filter((key) => !before.includes(key)),
  };
}

it('renders a Job template with rights of its own', () => {
  expect(rendered().keys).toEqual([
    'NetworkPolicy matrix-restore',
    'ServiceAccount matrix-restore',
    'Role matrix-restore',
    'RoleBinding matrix-restore',
    'CronJob matrix-restore',
  ]);
});

it('never runs by itself, is tried once, and hangs no longer than a day', () => {
  const { job } = rendered();
  expect(job).toMatchObject({ suspend: true, concurrencyPolicy: 'Forbid' });
  expect(job.jobTemplate.spec).toMatchObject({ backoffLimit: 0, activeDeadlineSeconds: 24 * 3600 });
  expect(job.jobTemplate.spec.template.spec.serviceAccountName).toBe('matrix-restore');
});

it('may look whether all is down, put exactly the Secrets of a set back and take the choice away', () => {
  const { rules, context } = rendered();
  const secrets = [...new Set(Object.values(secretsOf(context)).map(({ secretName }) => secretName))];
  expect(secrets.sort()).toEqual(['database', 'vault-identity', 'vault-synapse']);
  const patched = rules.find(({ verbs }) => verbs.includes('patch')) as Manifest;
  expect(rules).toEqual([
    { apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['matrix-synapse'], verbs: ['get'] },
    { apiGroups: ['apps'], resources: ['statefulsets'], resourceNames: ['matrix-postgres'], verbs: ['get'] },
    { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
    { apiGroups: [''], resources: ['secrets'], resourceNames: expect.anything(), verbs: ['get', 'patch'] },
    { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
    { apiGroups: [''], resources: ['configmaps'], resourceNames: ['matrix-restore-choice'], verbs: ['delete'] },
  ]);
  expect([...patched.resourceNames].sort()).toEqual(secrets);
});

const portsOf = ({ egress }: Manifest) =>
  egress.flatMap(({ ports }: Manifest) => ports.map(({ port }: Manifest) => port));

it('speaks to Kubernetes alone: the database is down', () => {
  const { policy } = rendered();
  expect(policy.ingress).toBeUndefined();
  expect(portsOf(policy)).toEqual([443, 6443]);
});

it('speaks to a store and its name too when the repository is there', () => {
  const { policy } = rendered({ repository: IN_STORE });
  expect(policy.ingress).toBeUndefined();
  expect(policy.egress).toHaveLength(3);
  expect(portsOf(policy)).toEqual(expect.arrayContaining([53, 443, 6443]));
});

it('knows the names of a second system', () => {
  const names = rendered({ namePrefix: 'second-' }).rules.flatMap(({ resourceNames = [] }) => resourceNames);
  expect(names.filter((name) => name.startsWith('second-'))).toEqual([
    'second-matrix-synapse',
    'second-matrix-postgres',
    'second-matrix-restore-choice',
  ]);
});
