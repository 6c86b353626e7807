import { Testing } from 'cdk8s';
import { renderRestore } from '../../lib/backups/restore';
import { keyOf, type Manifest } from '../support/manifests';
import { emptyChart, postgresIn, renderedIn, synapseIn } from '../support/parts';

function rendered(namePrefix?: string) {
  const chart = emptyChart();
  const postgres = postgresIn(chart, { namePrefix });
  const synapse = synapseIn(chart, { postgres, namePrefix });
  const before = Testing.synth(chart).map(keyOf);
  const name = `${namePrefix ?? ''}matrix-restore`;
  renderRestore(chart, 'Restore', {
    postgres,
    synapse,
    name,
    claimName: 'sets',
    configMapName: 'scripts',
    namePrefix,
  });
  const { rules }: { rules: Manifest[] } = renderedIn(chart, 'Role', name);
  const keys = Testing.synth(chart).map(keyOf);
  return { chart, rules, keys: keys.filter((key) => !before.includes(key)) };
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

it('never runs by itself, and is tried once', () => {
  const { spec } = renderedIn(rendered().chart, 'CronJob', 'matrix-restore');
  expect(spec).toMatchObject({ suspend: true, concurrencyPolicy: 'Forbid' });
  expect(spec.jobTemplate.spec.backoffLimit).toBe(0);
  expect(spec.jobTemplate.spec.template.spec.serviceAccountName).toBe('matrix-restore');
});

it('may look whether all is down, put the signing key back and take the choice away', () => {
  expect(rendered().rules).toEqual([
    { apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['matrix-synapse'], verbs: ['get'] },
    { apiGroups: ['apps'], resources: ['statefulsets'], resourceNames: ['matrix-postgres'], verbs: ['get'] },
    { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
    { apiGroups: [''], resources: ['secrets'], resourceNames: ['vault-identity'], verbs: ['get', 'patch'] },
    { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
    { apiGroups: [''], resources: ['configmaps'], resourceNames: ['matrix-restore-choice'], verbs: ['delete'] },
  ]);
});

it('speaks to Kubernetes alone: the database is down', () => {
  const { ingress, egress } = renderedIn(rendered().chart, 'NetworkPolicy', 'matrix-restore').spec;
  expect(ingress ?? []).toEqual([]);
  expect(egress.flatMap(({ ports }: Manifest) => ports.map(({ port }: Manifest) => port))).toEqual([443, 6443]);
});

it('knows the names of a second system', () => {
  const names = rendered('second-').rules.flatMap(({ resourceNames = [] }) => resourceNames);
  expect(names).toEqual([
    'second-matrix-synapse',
    'second-matrix-postgres',
    'vault-identity',
    'second-matrix-restore-choice',
  ]);
});
