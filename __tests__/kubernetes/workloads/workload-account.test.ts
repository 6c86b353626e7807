import { Chart, Testing } from 'cdk8s';
import { labelsOf } from '../../../lib/kubernetes/metadata/labels';
import { renderAccount } from '../../../lib/kubernetes/workloads/workload-account';

it('gives a workload an account of its name with its rights, and no token by itself', () => {
  const chart = new Chart(Testing.app(), 'chart', { namespace: 'caritas' });
  const identity = { app: 'matrix-restore', component: 'restore' };
  const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }];
  renderAccount(chart, identity, rules);
  const metadata = { name: 'matrix-restore', namespace: 'caritas', labels: labelsOf(identity) };
  const [account, role, binding] = Testing.synth(chart);
  expect(account).toMatchObject({ kind: 'ServiceAccount', metadata, automountServiceAccountToken: false });
  expect(role).toMatchObject({ kind: 'Role', metadata, rules });
  expect(binding).toMatchObject({
    kind: 'RoleBinding',
    metadata,
    roleRef: { kind: 'Role', name: 'matrix-restore' },
    subjects: [{ kind: 'ServiceAccount', name: 'matrix-restore' }],
  });
});
