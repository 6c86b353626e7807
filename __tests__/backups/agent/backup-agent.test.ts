import { BackupAgent } from '../../../lib/backups/agent/backup-agent';
import { programSettings } from '../../../lib/backups/program/program-settings';
import { CONFIG_HASH } from '../../../lib/kubernetes/metadata/config-hash';
import { patchField } from '../../../lib/kubernetes/metadata/objects';
import { Peer } from '../../../lib/kubernetes/network/peer';
import { besideAffinity } from '../../../lib/kubernetes/workloads/affinity';
import { type BackedUpSystem, egressPorts, factsOf, IN_STORE, secretsIn, valuesOf } from '../../support/backup-parts';
import type { Manifest } from '../../support/manifests';
import { configMapIn } from '../../support/parts';
import { refusals } from '../../support/schemas';

function rendered(changes: BackedUpSystem = {}, files: { [name: string]: string } = { 'agent.py': 'print()' }) {
  const { chart, facts, plan, get, keys } = factsOf(changes);
  const agent = new BackupAgent(chart, 'Agent', {
    facts,
    settings: programSettings(facts, plan),
    plan,
    program: configMapIn(chart, files, 'Program'),
  });
  const one = (kind: string) => get(kind, 'matrix-backup-agent');
  const { template } = one('Deployment').spec;
  return {
    chart,
    agent,
    get: one,
    keys: keys(),
    pod: template.spec as Manifest,
    container: template.spec.containers[0] as Manifest,
    hash: template.metadata.annotations[CONFIG_HASH],
    conf: () => get('ConfigMap', 'matrix-postgres-config').data['postgresql.conf'] as string,
  };
}

it('renders a Deployment with its own account', () => {
  expect(rendered().keys).toEqual([
    'ConfigMap program',
    'NetworkPolicy matrix-backup-agent',
    'ServiceAccount matrix-backup-agent',
    'Role matrix-backup-agent',
    'RoleBinding matrix-backup-agent',
    'Deployment matrix-backup-agent',
  ]);
});

const JOBS = ['matrix-backup', 'matrix-backup-prune', 'matrix-restore-drill', 'matrix-backup-dump'];

it.each([
  [false, JOBS],
  [true, JOBS.slice(0, 3)],
])(
  'may annotate exactly the CronJobs that it watches over, and not change what they run (managed database: %p)',
  (managed, jobs) => {
    expect(rendered({ managed }).get('Role').rules).toEqual(
      jobs.map((name) => ({
        apiGroups: ['batch'],
        resources: ['cronjobs/status'],
        resourceNames: [name],
        verbs: ['patch'],
      })),
    );
  },
);

it('is not ready when something is wrong, and is killed only when it hangs', () => {
  const { readinessProbe, livenessProbe, ports } = rendered().container;
  expect([readinessProbe.httpGet, livenessProbe.httpGet]).toEqual([
    { path: '/ready', port: 9090 },
    { path: '/alive', port: 9090 },
  ]);
  expect(ports).toEqual([{ name: 'metrics', containerPort: 9090 }]);
});

it('runs beside the database, as its user: it reads the WAL archive', () => {
  const { pod } = rendered();
  expect(pod.affinity).toEqual(besideAffinity({ app: 'matrix-postgres' }));
  expect(pod.securityContext).toMatchObject({ runAsUser: 70, fsGroup: 70 });
});

it('cannot remove backups or change the database', () => {
  const { container } = rendered({ repository: IN_STORE });
  expect(secretsIn(container)).toEqual(['database', 'writer']);
  expect(valuesOf(container).PGUSER).toBe('backup');
});

it('takes one connection of the database', () => {
  // Eleven for Synapse, one for the agent, and ten for operators.
  expect(rendered().conf()).toContain("max_connections = '22'");
});

it.each<[string, BackedUpSystem, number[]]>([
  ['the database and Kubernetes', {}, [53, 53, 5432, 443, 6443]],
  ['a store too', { repository: IN_STORE }, [53, 53, 5432, 443, 6443, 443]],
  ['Kubernetes only', { managed: true }, [443, 6443]],
])('connects to %s', (_, changes, ports) => {
  expect(egressPorts(rendered(changes).get('NetworkPolicy').spec).filter((port) => port !== 5353)).toEqual(ports);
});

it('rolls when a file changes', () => {
  expect(rendered({}, { 'agent.py': 'print(1)' }).hash).not.toBe(rendered().hash);
  expect(rendered().hash).toBe(rendered().hash);
});

it('accepts connections only from an allowed collector, at its metrics', () => {
  const { agent, get } = rendered();
  expect(get('NetworkPolicy').spec.ingress).toBeUndefined();
  agent.allowMetricsFrom(Peer.pods({ app: 'prometheus' }));
  expect(get('NetworkPolicy').spec.ingress).toEqual([
    { from: [{ podSelector: { matchLabels: { app: 'prometheus' } } }], ports: [{ port: 9090, protocol: 'TCP' }] },
  ]);
});

it('restarts when its password or the credentials of the store change', () => {
  const { container, pod } = rendered({ repository: IN_STORE });
  expect(container.command).toEqual([
    ...['/bin/sh', '/program/matrix_backups/restart-on-change.sh', '/watched', '--'],
    ...['python3', '-m', 'matrix_backups', 'agent'],
  ]);
  const { sources } = pod.volumes.find(({ name }: Manifest) => name === 'watched').projected;
  const names = sources.map(({ secret }: Manifest) => secret.items[0].path);
  expect(names.sort()).toEqual(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'PGPASSWORD']);
});

it('only watches, as the user of Synapse and beside it, when the database is managed elsewhere', () => {
  const { container, pod, get } = rendered({ managed: true });
  expect(Object.keys(valuesOf(container)).filter((name) => name.startsWith('PG'))).toEqual([]);
  expect(pod.affinity).toEqual(besideAffinity({ app: 'matrix-synapse' }));
  expect(pod.securityContext).toMatchObject({ runAsUser: 991, fsGroup: 991 });
  expect(refusals(get('Deployment'))).toEqual([]);
});

it('fails when a patch sets two replicas: both would upload', () => {
  const { chart } = rendered();
  patchField(chart, 'Deployment', 'matrix-backup-agent', '/spec/replicas', 2);
  const problems = chart.node.findAll().flatMap((child) => child.node.validate());
  expect(problems.join()).toContain("Deployment 'matrix-backup-agent' in caritas has 2 replicas");
});
