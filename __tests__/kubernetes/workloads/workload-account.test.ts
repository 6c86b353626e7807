import { Testing } from 'cdk8s';
import { labelsOf } from '../../../lib/kubernetes/metadata/labels';
import { SECRETS, WorkloadAccount } from '../../../lib/kubernetes/workloads/workload-account';
import { emptyChart } from '../../support/parts';
import { refusals } from '../../support/schemas';

const WORKLOAD = { app: 'matrix-restore', component: 'restore' };
const PODS = { apiGroup: '', resourceType: 'pods' };

function rendered(use: (account: WorkloadAccount) => void) {
  const chart = emptyChart();
  use(new WorkloadAccount(chart, 'Account', WORKLOAD));
  const manifests = Testing.synth(chart);
  expect(manifests.flatMap(refusals)).toEqual([]);
  const [account, role, binding] = manifests;
  return { account, role, binding, rules: role.rules };
}

it('renders a ServiceAccount without a token, a Role and a RoleBinding, named like the workload', () => {
  const { account, role, binding } = rendered((one) => one.allow(['list'], PODS));
  const metadata = { name: 'matrix-restore', namespace: 'caritas', labels: labelsOf(WORKLOAD) };
  expect(account).toMatchObject({ kind: 'ServiceAccount', metadata, automountServiceAccountToken: false });
  expect(role).toMatchObject({ kind: 'Role', metadata });
  expect(binding).toMatchObject({
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'matrix-restore' },
  });
  // The API drops an empty group, so applying it again would look like a change.
  expect(binding.subjects).toEqual([{ kind: 'ServiceAccount', name: 'matrix-restore', namespace: 'caritas' }]);
});

it('allows verbs on all objects of a kind', () => {
  expect(rendered((one) => one.allow(['list', 'create'], PODS)).rules).toEqual([
    { apiGroups: [''], resources: ['pods'], verbs: ['list', 'create'] },
  ]);
});

it('allows verbs only on the listed objects', () => {
  const { rules } = rendered((one) => {
    one.allow(['get'], SECRETS, 'one', 'two');
    one.allow(['patch'], { apiGroup: 'apps', resourceType: 'deployments' }, 'matrix-synapse');
  });
  const allowed = rules.map(({ apiGroups, resources, resourceNames, verbs }: { [key: string]: string[] }) =>
    [apiGroups, resources, resourceNames, verbs].map((texts) => texts.join()),
  );
  expect(allowed).toEqual([
    ['', 'secrets', 'one', 'get'],
    ['', 'secrets', 'two', 'get'],
    ['apps', 'deployments', 'matrix-synapse', 'patch'],
  ]);
});

it('renders a right once when it is allowed repeatedly', () => {
  const { rules } = rendered((one) => {
    one.allow(['get'], SECRETS, 'one');
    one.allow(['get'], SECRETS, 'one');
    one.allow(['create'], SECRETS);
    one.allow(['create'], SECRETS);
  });
  expect(rules).toHaveLength(2);
});

it('has rights that are allowed after its creation', () => {
  const chart = emptyChart();
  const account = new WorkloadAccount(chart, 'Account', WORKLOAD);
  Testing.synth(chart);
  account.allow(['list'], PODS);
  expect(Testing.synth(chart)[1].rules).toHaveLength(1);
});
